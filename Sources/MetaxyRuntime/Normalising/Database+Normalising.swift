package import MetaxyErrors
package import MetaxySchema

extension Database {
  /// The default for engines that store expressions as written.
  package func canonical(
    _ desired: Schema, beside live: Schema, _ connection: any Connection
  ) throws(MetaxyError) -> CanonicalSchema {
    CanonicalSchema(desired)
  }

  /// Returns `live` normalised to definitions: live expressions that the engine reads as the same get the text of the
  /// definitions, so that only real differences are left to compare.
  ///
  /// - Returns: the schema, and what could not be decided.
  package func normalised(
    _ live: LiveSchema, to definitions: Schema, _ connection: any Connection
  ) throws(MetaxyError) -> (schema: LiveSchema, undecided: [UndecidedPart]) {
    let known = dialect.supportedSubset(of: definitions)
    let canonical = try canonical(known, beside: live.definition, connection)
    var schema = live
    schema.definition = canonical.normalising(live.definition, to: known, rules: dialect)
    return (schema, canonical.undecided)
  }
}
