package import MetaxyErrors
package import MetaxySchema

/// A desired schema in its engine's own words, as far as it was needed and could be found out.
package struct CanonicalSchema: Sendable {
  /// All that a table holds is in the same order as before.
  package var schema: Schema
  /// What could not be decided, in sentences.
  package var undecided: [String]

  package init(_ schema: Schema, undecided: [String] = []) {
    self.schema = schema
    self.undecided = undecided
  }

  /// Returns `live` in the words of `desired`, of which this is the canonical form, wherever both say the same.
  package func aligning(_ live: Schema, with desired: Schema, rules: some ComparisonRules) -> Schema {
    let alignment = ExpressionNormaliser(rules: rules)
    return live.mapTables { table in
      guard let desired = desired[table.name], let canonical = schema[table.name], canonical != desired else {
        return table
      }
      return alignment.normalised(TablePair(live: table, desired: desired), canonical: canonical)
    }
  }
}

extension Database {
  /// Most engines keep the words that they are given.
  package func canonical(
    _ desired: Schema, beside live: Schema, _ connection: any Connection
  ) throws(MetaxyError) -> CanonicalSchema {
    CanonicalSchema(desired)
  }

  /// Returns `live` in the words of `desired` wherever both say the same to the engine, so that a comparison finds only what
  /// is different.
  package func normalised(
    _ live: LiveSchema, with desired: Schema, _ connection: any Connection
  ) throws(MetaxyError) -> (schema: LiveSchema, undecided: [String]) {
    let known = dialect.supportedSubset(of: desired)
    let canonical = try canonical(known, beside: live.definition, connection)
    var schema = live
    schema.definition = align(live.definition, with: known, canonical, dialect)
    return (schema, canonical.undecided)
  }

  private func align(
    _ live: Schema, with desired: Schema, _ canonical: CanonicalSchema, _ rules: some ComparisonRules
  ) -> Schema {
    canonical.aligning(live, with: desired, rules: rules)
  }
}
