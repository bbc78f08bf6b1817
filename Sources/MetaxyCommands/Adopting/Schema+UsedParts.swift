internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

extension Schema {
  /// Returns the schema with those types, sequences and schemas of `all` that its tables use, although the definitions may have
  /// other types there, or that `known` has.
  func withUsedParts(of all: Schema, besides known: Schema, _ dialect: any Dialect) -> Schema {
    var schema = self
    let used = Set(sorted.flatMap(\.columns).compactMap { $0.type.spelling(for: dialect) })
    schema.enums = all.enums.filter { name, _ in
      let spellings = [name.name, SQLWriter(dialect).name(name), dialect.quoted(name.name), name.reportText]
      return known.enums[name] != nil || spellings.contains { used.contains($0) || used.contains("\($0)[]") }
    }
    schema.sequences = usedSequences(of: all, besides: known, dialect)
    let names = [sorted.map(\.name), Array(schema.enums.keys), Array(schema.sequences.keys)]
    let schemas = Set(names.joined().compactMap(\.schema))
    schema.namespaces = all.namespaces.filter { known.namespaces.contains($0) || schemas.contains($0) }
    return schema
  }

  /// Returns the sequences that `known` has, and those that belong to no column and are named in a default. Only the baseline
  /// declares the latter.
  private func usedSequences(
    of all: Schema, besides known: Schema, _ dialect: any Dialect
  ) -> [TableName: SequenceDefinition] {
    // `all` has the defaults as the engine prints them.
    let used = Schema(sorted.map { all[$0.name] ?? $0 }).sequencesInDefaults(for: dialect)
    var sequences: [TableName: SequenceDefinition] = [:]
    for (name, var sequence) in all.sequences {
      if let known = known.sequences[name] {
        sequence.isUndeclared = known.isUndeclared
      } else if sequence.owner == nil, used.contains(name) {
        sequence.isUndeclared = true
      } else {
        continue
      }
      sequences[name] = sequence
    }
    return sequences
  }

  /// Returns the names in defaults that can be those of sequences.
  func sequencesInDefaults(for dialect: any Dialect) -> Set<TableName> {
    Set(sorted.flatMap(\.columns).compactMap(\.defaultValue).flatMap { $0.namesInTexts(dialect) })
  }
}

extension ColumnType {
  /// The spelling of a type of an engine; nil for the types that every engine has.
  fileprivate func spelling(for dialect: any Dialect) -> String? {
    guard case .raw(let expression) = self else { return nil }
    return expression.text(for: dialect.name)
  }
}

extension ColumnDefault {
  /// The names that the texts in an expression contain, such as `billing.number` in `nextval('billing.number'::regclass)`.
  ///
  /// A text that cannot be tokenised contains no name.
  fileprivate func namesInTexts(_ dialect: any Dialect) -> [TableName] {
    guard case .expression(let expression) = self,
      let tokens = try? SQLTokenizer.tokens(of: expression.text(for: dialect.name), lexicon: dialect.lexicon)
    else { return [] }
    return tokens.filter { $0.kind == .string }.compactMap { token in
      guard let parts = try? SQLTokenizer.tokens(of: token.value, lexicon: dialect.lexicon) else { return nil }
      let names = parts.map { $0.kind == .word ? $0.value.folded : $0.value }
      switch parts.count {
      case 1: return TableName(names[0])
      case 3 where names[1] == ".": return TableName(names[2], schema: names[0])
      default: return nil
      }
    }
  }
}
