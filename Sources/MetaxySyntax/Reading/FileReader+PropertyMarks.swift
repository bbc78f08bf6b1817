import MetaxyErrors
import SwiftSyntax

/// Attributes and conditions on properties that make the storage uncertain or have no effect.
extension FileReader {
  /// The compiler's attributes that do not change a property's storage.
  private static let storagePreserving: Set<String> = [
    "available", "exclusivity", "inlinable", "MainActor", "nonobjc", "objc", "preconcurrency", "usableFromInline",
  ]

  /// Reports attributes that can be property wrappers or macros.
  func refuseUnknownAttributes(on node: VariableDeclSyntax) {
    for attribute in attributes(of: node.attributes) where mark(of: attribute) != .column {
      let name = attribute.attributeName.writtenText
      guard !Self.storagePreserving.contains(name), !name.hasPrefix("_") else { continue }
      let closest = Suggestion.closest(to: name, in: [Mark.column.rawValue, Mark.transient.rawValue])
      report(
        "`@\(name)` may change what is stored, which cannot be read statically"
          + (closest.map { "; did you mean `@\($0)`?" } ?? ": remove it, or mark the property `@Transient`"),
        at: attribute)
    }
  }

  /// Reports `@Column` and `@Transient` on a declaration that is not a column.
  func refuseColumnMarks(on declaration: DeclSyntax, because reason: String) {
    guard let attributed = declaration.asProtocol((any WithAttributesSyntax).self) else { return }
    for attribute in attributes(of: attributed.attributes) {
      guard let mark = mark(of: attribute), mark == .column || mark == .transient else { continue }
      report("`@\(mark.rawValue)` does nothing here: what it marks \(reason)", at: attribute)
    }
  }

  /// Reports an `#if` that determines which properties are stored.
  func refuseConditionalProperties(_ conditional: IfConfigDeclSyntax) {
    guard let property = firstStoredProperty(in: conditional) else { return }
    report(
      "`#if` around stored properties is not read: which branch is compiled is not known here", at: conditional,
      notes: [Diagnostic.Note("a stored property", at: location(of: property))])
  }

  private func firstStoredProperty(in conditional: IfConfigDeclSyntax) -> PatternSyntax? {
    for clause in conditional.clauses {
      guard case .decls(let members) = clause.elements else { continue }
      for member in members {
        if let inner = member.decl.as(IfConfigDeclSyntax.self), let found = firstStoredProperty(in: inner) {
          return found
        }
        guard let variable = member.decl.as(VariableDeclSyntax.self),
          !variable.modifiers.contains(where: { $0.name.tokenKind == .keyword(.static) }),
          let stored = variable.bindings.first(where: isStored)
        else { continue }
        return stored.pattern
      }
    }
    return nil
  }
}
