package import MetaxyErrors
package import MetaxySchema

/// A desired schema in canonical form, where it was needed and could be determined.
package struct CanonicalSchema: Sendable {
  /// The schema; the objects of a table are in the same order as before.
  package var schema: Schema
  /// The parts that could not be compared, as sentences.
  package var undecided: [String]

  package init(_ schema: Schema, undecided: [String] = []) {
    self.schema = schema
    self.undecided = undecided
  }

  /// Returns `live` normalised to the expressions of `desired`, whose canonical form this is.
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
  /// The default for engines that store expressions as written.
  package func canonical(
    _ desired: Schema, beside live: Schema, _ connection: any Connection
  ) throws(MetaxyError) -> CanonicalSchema {
    CanonicalSchema(desired)
  }

  /// Returns `live` normalised to the expressions of `desired` where the engine considers them equivalent, so that a
  /// comparison only finds real differences.
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
