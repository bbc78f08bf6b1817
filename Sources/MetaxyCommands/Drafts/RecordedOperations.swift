internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The operations of revisions on a dialect, in order, from their records.
struct RecordedOperations {
  private let environment: EnvironmentContext
  private let dialect: any Dialect
  /// The tables after each revision.
  private var schemas: [String: Schema] = [:]

  init(_ environment: EnvironmentContext, for dialect: any Dialect) {
    self.environment = environment
    self.dialect = dialect
  }

  /// Returns the draft of a revision; nil if it has no record, or if no draft is requested.
  ///
  /// - Parameter file: a revision; all its ancestors must have been passed before.
  mutating func next(_ file: RevisionFile, isDrafted: Bool) throws(MetaxyError) -> DialectDraft? {
    let before = try tables(before: file)
    let record = try environment.record(of: file)?.part(for: dialect.name)
    var after = before
    record?.fold(into: &after, rules: dialect)
    schemas[file.revision] = after
    guard isDrafted, let record else { return nil }
    // A record contains everything about its tables.
    after = after.mapTables { table in
      var table = table
      table.specifiesSettings = true
      return table
    }
    return try DialectDraft(
      from: before, to: DesiredSchema(schema: after, renames: record.renames), dialect)
  }

  private func tables(before file: RevisionFile) throws(MetaxyError) -> Schema {
    let parents = file.downRevisions + file.dependencies
    // All ancestors of the only parent have been processed, so its tables are complete.
    if parents.count == 1, let schema = schemas[parents[0]] { return schema }
    return try RevisionRecords(environment, upTo: parents).schema(for: dialect)
  }
}
