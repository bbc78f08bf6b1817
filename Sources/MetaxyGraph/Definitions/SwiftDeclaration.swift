/// Who may name a declaration, from the fewest to the most.
package enum AccessLevel: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// Only the file that it stands in, or a part of it.
  case file
  case module, package, everywhere

  package static func < (left: AccessLevel, right: AccessLevel) -> Bool { left.rawValue < right.rawValue }
}

/// What a program sees of the type that declares a feature.
package struct SwiftDeclaration: Sendable, Hashable {
  /// The lowest of the type's own level and those of the types around it.
  package var access: AccessLevel
  /// Whether it has a type `Columns` of its own.
  package var hasColumnsType: Bool

  package init(access: AccessLevel, hasColumnsType: Bool = false) {
    self.access = access
    self.hasColumnsType = hasColumnsType
  }
}

/// What a program sees of the property that a column is made from.
package struct SwiftProperty: Sendable, Hashable {
  package var access: AccessLevel
  /// The name under which the type codes it: the property's own, or that of its `CodingKeys`.
  package var codingKey: String
  /// Whether its type cannot be named without Foundation.
  package var needsFoundation: Bool

  package init(access: AccessLevel, codingKey: String, needsFoundation: Bool = false) {
    self.access = access
    self.codingKey = codingKey
    self.needsFoundation = needsFoundation
  }
}
