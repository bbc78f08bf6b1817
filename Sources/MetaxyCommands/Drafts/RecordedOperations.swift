internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The operations of revisions on a dialect, in order, from their records.
struct RecordedOperations {
  private let environment: EnvironmentContext
  private let dialect: any Dialect
  private let schemas: RecordedSchemas

  init(_ environment: EnvironmentContext, for dialect: any Dialect) {
    self.environment = environment
    self.dialect = dialect
    schemas = environment.recordedSchemas(for: dialect)
  }

  /// Returns the draft of a revision; nil if it has no record, or if no draft is requested.
  func next(_ file: RevisionFile, isDrafted: Bool) throws(MetaxyError) -> DialectDraft? {
    guard isDrafted, let record = try environment.record(of: file)?.part(for: dialect.name) else { return nil }
    let before = try schemas.schema(before: file.revision)
    let after = record.addingConversions(to: try schemas.schema(at: [file.revision]).specifyingSettings)
    return try DialectDraft(
      from: before, to: DesiredSchema(schema: after, renames: record.renames), dialect)
  }
}
