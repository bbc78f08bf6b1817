package import MetaxyNames
package import MetaxySchema

/// A part of a table, such as an expression, that an engine could not compare with the live one.
package struct UndecidedPart: Sendable, Hashable {
  package var table: TableName
  /// What was not compared, and why.
  package var sentence: String

  package init(of table: TableName, _ sentence: String) {
    self.table = table
    self.sentence = sentence
  }
}

/// A desired schema in canonical form, where it was needed and could be determined.
package struct CanonicalSchema: Sendable {
  /// The schema; the objects of a table are in the same order as before.
  package var schema: Schema
  /// The parts that could not be compared.
  package var undecided: [UndecidedPart]

  package init(_ schema: Schema, undecided: [UndecidedPart] = []) {
    self.schema = schema
    self.undecided = undecided
  }

  /// Returns `live` normalised to the definitions whose canonical form this is.
  func normalising(_ live: Schema, to definitions: Schema, rules: some ComparisonRules) -> Schema {
    let normaliser = ExpressionNormaliser(rules: rules)
    return live.mapTables { table in
      guard let desired = definitions[table.name], let canonical = schema[table.name], canonical != desired else {
        return table
      }
      return normaliser.normalised(TablePair(live: table, desired: desired), canonical: canonical)
    }
  }
}
