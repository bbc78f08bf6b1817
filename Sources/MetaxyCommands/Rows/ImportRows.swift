internal import MetaxyConfiguration
internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyNames
package import MetaxyRows
internal import MetaxyRuntime

extension Commands {
  /// The options of `metaxy rows import FEATURE FILE`.
  package struct RowImport: Sendable {
    package var feature: String
    /// The file, relative to the working directory.
    package var file: String
    /// nil for the one of the file's name.
    package var format: RowFormat?
    /// Whether the rows are written and rolled back.
    package var isDry: Bool
    /// Whether rows that are in the table already are left out.
    package var skipsExisting: Bool

    package init(feature: String, file: String, format: RowFormat?, isDry: Bool, skipsExisting: Bool) {
      self.feature = feature
      self.file = file
      self.format = format
      self.isDry = isDry
      self.skipsExisting = skipsExisting
    }
  }

  /// Writes the rows of a file into the table of a feature, in one transaction.
  package static func importRows(
    _ context: CommandContext, _ request: RowImport
  ) throws(MetaxyError) -> RowImportReport {
    let session = try ProjectSession(context)
    guard let format = request.format ?? RowFormat.ofFile(request.file) else {
      throw .unknownRowFormat(request.file)
    }
    let table = try FeatureTable(request.feature, session, for: .writing)
    let path = Paths.resolve(request.file, in: context.workingDirectory)
    context.interruption?.begin()
    var report = RowImportReport(
      feature: table.key.text, table: table.samples.name.reportText, path: request.file, rows: 0, written: 0,
      skipped: 0, isDry: request.isDry)
    let connection = table.connection
    try connection.beginTransaction()
    do throws(MetaxyError) {
      try table.excludeOtherImports()
      let check = ImportCheck(table, request.file, context)
      try check.run(try format.reader(of: path, displayPath: request.file, for: table.columns.map(\.form)))
      if check.existingCount > 0, !request.skipsExisting {
        throw .rowsExist(request.file, table.key, count: check.existingCount, check.existingRows)
      }
      let reader = try format.reader(of: path, displayPath: request.file, for: table.columns.map(\.form))
      report.rows = check.isKnown.count
      report.written = try check.write(reader)
      report.skipped = check.existingCount
      if request.isDry { connection.rollbackTransaction() } else { try connection.commitTransaction() }
      if check.isOutdated {
        context.warn(
          "no row of the file has the feature version of the sources, `\(table.currentVersion)`: programs do not read them by"
            + " default")
      }
    } catch {
      connection.rollbackTransaction()
      throw error
    }
    return report
  }
}

extension FeatureTable {
  /// Makes other imports into the table wait until the transaction ends, so that both do not write the same rows.
  fileprivate func excludeOtherImports() throws(MetaxyError) {
    // A transaction of SQLite excludes all other writers.
    guard samples.dialect == .postgresql else { return }
    // https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADVISORY-LOCKS
    _ = try connection.query(
      "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended($1::text, 0))",
      [.text("metaxy rows import \(samples.name.qualified(connection.defaultSchema))")])
  }
}
