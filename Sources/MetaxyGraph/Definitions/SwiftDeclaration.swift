/// The access level of a Swift declaration, from lowest to highest.
package enum AccessLevel: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// Accessible only in its file or a part of it.
  case file
  case module, package, everywhere

  package static func < (left: AccessLevel, right: AccessLevel) -> Bool { left.rawValue < right.rawValue }
}

/// The Swift declaration of a feature's type, as other code sees it.
package struct SwiftDeclaration: Sendable, Hashable {
  /// The lowest level of the type and its enclosing types.
  package var access: AccessLevel
  /// Whether it has its own type `Columns`.
  package var hasColumnsType: Bool

  package init(access: AccessLevel, hasColumnsType: Bool = false) {
    self.access = access
    self.hasColumnsType = hasColumnsType
  }
}

/// The Swift declaration of a column's property, as other code sees it.
package struct SwiftProperty: Sendable, Hashable {
  package var access: AccessLevel
  /// The name under which the type codes the property: its own, or that of the `CodingKeys`.
  package var codingKey: String
  /// Whether its type cannot be named without Foundation.
  package var needsFoundation: Bool

  package init(access: AccessLevel, codingKey: String, needsFoundation: Bool = false) {
    self.access = access
    self.codingKey = codingKey
    self.needsFoundation = needsFoundation
  }
}
