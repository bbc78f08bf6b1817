internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The tables of a schema, created at once and dropped again in a scratch database.
struct SchemaBuild {
  private let file: RevisionFile
  private let scratch: ScratchRun

  /// - Throws: `cannot_render_for` if the dialect does not support the schema.
  init(_ schema: Schema, in scratch: ScratchRun) throws(MetaxyError) {
    self.scratch = scratch
    let draft = try DialectDraft(
      from: Schema(), to: DesiredSchema(schema: schema.specifyingSettings), scratch.dialect)
    file = RevisionFile(path: "", message: "", revision: "tables", sections: draft.sections)
  }

  /// Creates the tables.
  ///
  /// - Parameter rows: the revisions that the version table then holds.
  func create(at rows: some Collection<String>) throws(MetaxyError) {
    try scratch.run([
      RunStep(file, RevisionStep(revision: file.revision, direction: .upgrade, before: [], after: Array(rows)))
    ])
  }

  /// Drops the tables.
  ///
  /// - Parameter rows: the revisions that the version table holds; it is empty afterwards.
  func drop(at rows: some Collection<String>) throws(MetaxyError) {
    try scratch.run([
      RunStep(file, RevisionStep(revision: file.revision, direction: .downgrade, before: Array(rows), after: []))
    ])
  }

  /// Returns the catalog of the tables, which are created and dropped.
  func catalog() throws(MetaxyError) -> LiveSchema {
    try create(at: [file.revision])
    let catalog = try scratch.catalog()
    try drop(at: [file.revision])
    return catalog
  }
}
