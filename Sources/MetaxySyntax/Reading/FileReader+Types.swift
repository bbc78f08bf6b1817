import SwiftSyntax

/// Types as written in the source.
extension FileReader {
  func writtenType(_ type: TypeSyntax) -> WrittenType {
    WrittenType(shape: shape(of: type), text: type.writtenText, location: location(of: type))
  }

  private func shape(of type: TypeSyntax) -> WrittenType.Shape {
    switch type.as(TypeSyntaxEnum.self) {
    case .identifierType(let node): return named([node.name.name], node.genericArgumentClause)
    case .memberType(let node):
      guard case .named(let outer, let arguments) = shape(of: node.baseType), arguments.isEmpty else { return .other }
      return named(outer + [node.name.name], node.genericArgumentClause)
    case .optionalType(let node): return .optional(writtenType(node.wrappedType))
    case .implicitlyUnwrappedOptionalType: return .implicitlyUnwrapped
    case .arrayType(let node): return .array(writtenType(node.element))
    case .dictionaryType(let node): return .dictionary(key: writtenType(node.key), value: writtenType(node.value))
    case .tupleType(let node):
      guard let only = node.elements.first, node.elements.count == 1, only.firstName == nil else { return .other }
      return shape(of: only.type)
    default: return .other
    }
  }

  /// Returns `Optional<T>`, `Array<T>` and `Dictionary<K, V>` as the same shapes as `T?`, `[T]` and `[K: V]`.
  private func named(_ parts: [String], _ clause: GenericArgumentClauseSyntax?) -> WrittenType.Shape {
    guard let clause else { return .named(parts, arguments: []) }
    let arguments = clause.arguments.compactMap { $0.argument.as(TypeSyntax.self) }.map(writtenType)
    guard arguments.count == clause.arguments.count else { return .other }
    let plain = parts.first == "Swift" ? Array(parts.dropFirst()) : parts
    switch (plain, arguments.count) {
    case (["Optional"], 1): return .optional(arguments[0])
    case (["Array"], 1): return .array(arguments[0])
    case (["Dictionary"], 2): return .dictionary(key: arguments[0], value: arguments[1])
    default: return .named(parts, arguments: arguments)
    }
  }

  /// Returns the names of the types in an inheritance clause.
  func names(in clause: InheritanceClauseSyntax?) -> [Located<[String]>] {
    clause?.inheritedTypes.flatMap { names(in: $0.type) } ?? []
  }

  /// Returns the names in a type that is a name or a composition of names; ignores generic arguments and attributes.
  func names(in type: TypeSyntax) -> [Located<[String]>] {
    switch type.as(TypeSyntaxEnum.self) {
    case .identifierType(let node): return [Located([node.name.name], at: location(of: type))]
    case .memberType(let node):
      return names(in: node.baseType).prefix(1).map { Located($0.value + [node.name.name], at: $0.location) }
    case .compositionType(let node): return node.elements.flatMap { names(in: $0.type) }
    case .attributedType(let node): return names(in: node.baseType)
    case .someOrAnyType(let node): return names(in: node.constraint)
    default: return []
    }
  }
}
