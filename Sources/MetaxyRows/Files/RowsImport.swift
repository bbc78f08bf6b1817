internal import MetaxyConfiguration
internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames

/// The import of a file into the table of a feature.
package struct RowsImport: Sendable {
  /// The rows of the file.
  package let rows: Int
  package let written: Int
  /// The rows that were in the table already.
  package let skipped: Int
  /// Whether no row of the file has the current feature version.
  package let isOutdated: Bool
}

/// A file of rows.
package struct RowsFile: Sendable {
  /// The absolute path.
  package let path: String
  /// The path for errors.
  package let displayPath: String
  package let format: RowFormat

  package init(path: String, displayPath: String, _ format: RowFormat) {
    self.path = path
    self.displayPath = displayPath
    self.format = format
  }
}

extension FeatureTable {
  /// Writes the rows of a file, in the current transaction.
  ///
  /// - Parameters:
  ///   - file: the file, which is read twice: nothing is written before all of it was checked.
  ///   - skippingExisting: whether rows that are in the table already are left out; if not, they are an error.
  ///   - stop: throws where the caller wants to stop.
  /// - Throws: `rows_file_refused`, `unknown_column`, `row_refused` with every line; `rows_exist`; what `stop` throws.
  package func importRows(
    of file: RowsFile, skippingExisting: Bool, stop: @escaping () throws(MetaxyError) -> Void
  ) throws(MetaxyError) -> RowsImport {
    try excludeOtherImports()
    let check = ImportCheck(self, file.displayPath, stop: stop)
    try check.run(try reader(of: file))
    if check.existingCount > 0, !skippingExisting {
      throw .rowsExist(file.displayPath, self, count: check.existingCount, check.existingRows)
    }
    return RowsImport(
      rows: check.isKnown.count, written: try check.write(try reader(of: file)), skipped: check.existingCount,
      isOutdated: check.isOutdated)
  }

  private func reader(of file: RowsFile) throws(MetaxyError) -> any RowTextReader {
    try file.format.reader(of: file.path, displayPath: file.displayPath, for: columns.map(\.form))
  }

  /// Makes other imports into the table wait until the transaction ends, so that both do not write the same rows.
  private func excludeOtherImports() throws(MetaxyError) {
    // A transaction of SQLite excludes all other writers.
    guard samples.dialect == .postgresql else { return }
    // https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADVISORY-LOCKS
    _ = try connection.query(
      "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended($1::text, 0))",
      [.text("metaxy rows import \(samples.name.qualified(connection.defaultSchema))")])
  }
}
