internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL

extension Schema {
  /// Returns the schema with a value of an enum type renamed, also in the constants of expressions: `'ok'::mood`.
  func renaming(_ value: RenamedValue, of type: EnumType) -> Schema {
    let constants = EnumConstants(value, of: type)
    var schema = self
    schema.enums[type.name]?.values = type.values.map { $0 == value.old ? value.new : $0 }
    schema = schema.mapTables { table in
      var table = table.replacingConstants(constants)
      if let partition = table.partition, let whole = self[partition.parent], constants.divides(whole) {
        table.partition?.bound = constants.replacedValues(in: partition.bound)
      }
      return table
    }
    for (name, view) in schema.materializedViews {
      schema.materializedViews[name]?.indexes = view.indexedTable.replacingConstants(constants).indexes
    }
    return schema
  }
}

/// The constants of an enum type that have a renamed value.
struct EnumConstants {
  private let value: RenamedValue
  private let type: TableName

  init(_ value: RenamedValue, of type: EnumType) {
    self.value = value
    self.type = type.name
  }

  /// Replaces the constants in a text that the engine prints: each has the name of its type.
  func replaced(in text: String) -> String {
    // A text that cannot be tokenised stays as it is; the engine would refuse it too.
    let replaced = try? SQLTokenizer.replacing(in: text, lexicon: Self.lexicon) { position, tokens in
      guard tokens[position].kind == .string, tokens[position].value == value.old,
        position + 2 < tokens.count, tokens[position + 1].isSymbol("::"), names(tokens[(position + 2)...])
      else { return nil }
      return SQLText.literal(value.new)
    }
    return replaced ?? text
  }

  func replaced(in expression: SQLExpression) -> SQLExpression {
    SQLExpression(replaced(in: expression.text), variants: expression.variants.mapValues { replaced(in: $0) })
  }

  /// Replaces the value where the engine prints no type: in the bounds of a partition.
  func replacedValues(in text: String) -> String {
    // As above.
    let replaced = try? SQLTokenizer.replacing(in: text, lexicon: Self.lexicon) { position, tokens in
      tokens[position].kind == .string && tokens[position].value == value.old ? SQLText.literal(value.new) : nil
    }
    return replaced ?? text
  }

  /// Whether the rows of a table go to partitions by a column of the type.
  func divides(_ table: Table) -> Bool {
    guard let key = table.partitioning, let tokens = try? SQLTokenizer.tokens(of: key, lexicon: Self.lexicon) else {
      return false
    }
    let names = Set(tokens.map { $0.name(foldsNames: true) })
    return table.columns.contains { names.contains($0.name) && isType(of: $0) }
  }

  /// Whether a column, or each element of an array, has the type.
  func isType(of column: Column) -> Bool {
    guard case .raw(let text) = column.type,
      let tokens = try? SQLTokenizer.tokens(of: text.text(for: "postgresql"), lexicon: Self.lexicon)
    else { return false }
    return names(tokens[...])
  }

  /// Whether the name of a type comes next.
  private func names(_ tokens: ArraySlice<SQLToken>) -> Bool {
    var words = TokenReader(tokens, foldsNames: true)
    guard let name = words.qualifiedName() else { return false }
    return name.name == type.name && (name.schema ?? TableName.publicSchema) == (type.schema ?? TableName.publicSchema)
  }

  private static let lexicon = {
    var lexicon = Lexicon()
    lexicon.escapeStrings = true
    lexicon.dollarQuotes = true
    lexicon.dollarInIdentifiers = true
    return lexicon
  }()
}

extension Table {
  fileprivate func replacingConstants(_ constants: EnumConstants) -> Table {
    var table = self
    func expression(_ expression: SQLExpression) -> SQLExpression { constants.replaced(in: expression) }
    func element(_ element: IndexElement) -> IndexElement {
      var element = element
      if case .expression(let text) = element.term { element.term = .expression(expression(text)) }
      return element
    }
    for place in table.columns.indices {
      let column = table.columns[place]
      if case .expression(let value) = column.defaultValue {
        table.columns[place].defaultValue = .expression(expression(value))
      }
      table.columns[place].generated = column.generated.map {
        GeneratedValue(expression: expression($0.expression), isStored: $0.isStored)
      }
    }
    for place in table.checks.indices { table.checks[place].expression = expression(table.checks[place].expression) }
    for place in table.exclusions.indices {
      table.exclusions[place].predicate = table.exclusions[place].predicate.map(expression)
    }
    for place in table.policies.indices {
      table.policies[place].using = table.policies[place].using.map(expression)
      table.policies[place].check = table.policies[place].check.map(expression)
    }
    for place in table.indexes.indices {
      table.indexes[place].elements = table.indexes[place].elements.map(element)
      table.indexes[place].predicate = table.indexes[place].predicate.map(expression)
    }
    return table
  }
}

extension EnumType {
  /// Returns whether a column has the type, or is an array of it.
  package func isType(of column: Column) -> Bool {
    EnumConstants(RenamedValue("", to: ""), of: self).isType(of: column)
  }

  /// Returns whether a text that the engine prints has a value of the type as a constant: `'ok'::mood`.
  package func hasConstant(_ value: String, in text: String) -> Bool {
    // Another spelling, of any value, changes a text that has the constant.
    EnumConstants(RenamedValue(value, to: value + "_"), of: self).replaced(in: text) != text
  }
}
