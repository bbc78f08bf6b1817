import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph

/// Derives the columns of a feature from its properties.
struct ColumnResolution {
  /// The type and rules of a column's values.
  private struct Content {
    var type: ColumnType
    var enumeration: DeclaredEnumeration?
  }

  let names: NameTable
  let feature: DeclaredFeature
  private let codedNames: CodingKeyNames
  private(set) var diagnostics: [Diagnostic] = []

  init(of feature: DeclaredFeature, names: NameTable, codedNames: CodingKeyNames) {
    self.feature = feature
    self.names = names
    self.codedNames = codedNames
  }

  /// Returns the column of `property`; reports a type that cannot be a column and returns nil.
  mutating func column(for property: DeclaredProperty) -> ColumnDefinition? {
    var type = property.type
    let isNullable: Bool
    if case .optional(let wrapped) = type.shape {
      (type, isNullable) = (wrapped, true)
      if case .optional = wrapped.shape { return refuse(property.type, "has two kinds of nothing, and a column one") }
    } else {
      isNullable = false
    }
    if case .implicitlyUnwrapped = type.shape { return refuse(property.type, "hides that it is optional: write `?`") }
    guard let content = property.arguments.type.map({ Content(type: $0) }) ?? content(of: type) else { return nil }
    return definition(of: property, content: content, isNullable: isNullable)
  }

  private mutating func definition(
    of property: DeclaredProperty, content: Content, isNullable: Bool
  ) -> ColumnDefinition {
    let arguments = property.arguments
    let comment = arguments.comment ?? property.comment
    var definition = ColumnDefinition(
      property: property.name, name: property.columnName, type: content.type,
      enumeration: content.enumeration?.cases.map(\.rawValue), isNullable: isNullable,
      isPrimaryKey: arguments.primaryKey != nil, isUnique: arguments.isUnique, isIndexed: arguments.isIndexed,
      defaultValue: arguments.defaultValue?.value, references: arguments.references,
      generated: arguments.generated?.value, collation: arguments.collation,
      comment: comment?.isEmpty == true ? nil : comment, renamedFrom: arguments.renamedFrom,
      initialValue: initialValue(of: property, content: content), source: property.location)
    definition.renamedValues = renamedValues(of: property, content.enumeration)
    definition.backfill = arguments.backfill?.value
    definition.using = arguments.using?.value
    definition.swift = SwiftProperty(
      access: property.access, codingKey: codedNames[property], needsFoundation: needsFoundation(property.type))
    return definition
  }

  /// Returns the former values by the present ones; reports those that are not renames.
  private mutating func renamedValues(
    of property: DeclaredProperty, _ enumeration: DeclaredEnumeration?
  ) -> [String: String] {
    let values = enumeration?.cases.map(\.rawValue) ?? []
    var former: [String: String] = [:]
    for (old, new) in property.arguments.renamedValues {
      if enumeration == nil {
        diagnostics.append(
          Diagnostic("`\(property.name)` has no renamed values: its type is not an enumeration", at: old.location))
      } else if !values.contains(new.value) {
        diagnostics.append(
          Diagnostic("`\(new.value)` is not a value of `\(property.type.text)`", at: new.location))
      } else if values.contains(old.value) {
        diagnostics.append(
          Diagnostic(
            "`\(old.value)` is still a value of `\(property.type.text)`, so it is not renamed", at: old.location))
      } else if let other = former.updateValue(old.value, forKey: new.value) {
        diagnostics.append(
          Diagnostic("`\(other)` and `\(old.value)` cannot both become `\(new.value)`", at: new.location))
      }
    }
    return former
  }

  /// Returns whether a type or a part of it is one of Foundation's types.
  private func needsFoundation(_ type: WrittenType) -> Bool {
    switch type.shape {
    case .named(let name, let arguments):
      let isOwn = !names.find(name, from: feature.path, in: type.location.file).isUnknown
      return !isOwn && ColumnTypes.isFoundationType(name) || arguments.contains(where: needsFoundation)
    case .optional(let wrapped), .array(let wrapped): return needsFoundation(wrapped)
    case .dictionary(let key, let value): return needsFoundation(key) || needsFoundation(value)
    case .implicitlyUnwrapped, .other: return false
    }
  }

  private func initialValue(of property: DeclaredProperty, content: Content) -> LiteralValue? {
    switch property.initialValue {
    case .literal(let value): value
    case .json(let value):
      content.type == .json || content.type == .jsonb ? .string(value.text(indented: false)) : nil
    case .member(let name):
      content.enumeration?.cases.first { $0.name == name }.map { .string($0.rawValue) }
    case nil: nil
    }
  }

  private mutating func content(of type: WrittenType) -> Content? {
    switch type.shape {
    case .array(let element):
      let isBytes = element.name == ["UInt8"] || element.name == ["Swift", "UInt8"]
      return Content(type: isBytes ? .binary : .json)
    case .dictionary(let key, _):
      if key.name == ["String"] || key.name == ["Swift", "String"] { return Content(type: .json) }
      return refuse(type, "has keys that are not strings, as JSON requires")
    case .named(let name, let arguments) where arguments.isEmpty: return content(named: name, type)
    default: return refuse(type, "is not a column type")
    }
  }

  private mutating func content(named name: [String], _ type: WrittenType) -> Content? {
    if ColumnTypes.isQualified(name), let builtIn = ColumnTypes.builtIn(name) { return Content(type: builtIn) }
    switch names.find(name, from: feature.path, in: type.location.file) {
    case .found(let declared): return content(of: declared, type)
    case .ambiguous(let types):
      diagnostics.append(NameTable.Answer.ambiguity(of: name, types, at: type.location))
      return nil
    case .unknown:
      if let builtIn = ColumnTypes.builtIn(name) { return Content(type: builtIn) }
      if let replacement = ColumnTypes.replacement(for: name) {
        return refuse(type, "is not a column type; use `\(replacement)`")
      }
      return refuse(type, "is not a column type")
    }
  }

  private mutating func content(of declared: DeclaredType, _ type: WrittenType) -> Content? {
    switch declared.kind {
    case .enumeration(let enumeration): return content(of: enumeration, declared, type)
    case .alias: return refuse(type, "is a typealias, which is not followed: write the type itself", declared)
    case .feature: return refuse(type, "is a feature: make it a dependency", declared)
    case .baseProtocol: return refuse(type, "is a protocol", declared)
    case .other(let keyword): return refuse(type, "is a \(keyword), not a column type", declared)
    }
  }

  private mutating func content(
    of enumeration: DeclaredEnumeration, _ declared: DeclaredType, _ type: WrittenType
  ) -> Content? {
    guard enumeration.hasStringRawValues else {
      return refuse(type, "is an enumeration without raw values of type `String`", declared)
    }
    if let problem = enumeration.problem { return refuse(type, problem.value, at: problem.location) }
    if let condition = declared.scope.condition { return refuse(type, "is inside `#if`", at: condition) }
    // Databases count code points; Swift counts grapheme clusters.
    guard let longest = enumeration.cases.map(\.rawValue.unicodeScalars.count).max() else {
      return refuse(type, "is an enumeration without cases", declared)
    }
    return Content(type: .string(length: max(longest, 1)), enumeration: enumeration)
  }

  private mutating func refuse<Result>(_ type: WrittenType, _ reason: String, _ declared: DeclaredType) -> Result? {
    refuse(type, reason, at: declared.location)
  }

  /// Reports a type, with its alternatives.
  private mutating func refuse<Result>(
    _ type: WrittenType, _ reason: String, at place: SourceLocation? = nil
  ) -> Result? {
    let ways = "set a type with `@Column(type:)`, or exclude the property with `@Transient`"
    diagnostics.append(
      Diagnostic(
        .error, "`\(type.text)` \(reason)", at: type.location,
        notes: (place.map { [Diagnostic.Note("it is declared here", at: $0)] } ?? []) + [Diagnostic.Note(ways)]))
    return nil
  }
}

extension DeclaredProperty {
  /// The location that determines the column's name.
  var columnPlace: SourceLocation { arguments.name?.location ?? location }
}
