internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyNames
package import MetaxyRows

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
      throw .unknownRowFormat(request.file, .command)
    }
    let table = try FeatureTable(request.feature, session, for: .writing)
    let path = Paths.resolve(request.file, in: context.workingDirectory)
    context.interruption?.begin()
    let connection = table.connection
    try connection.beginTransaction()
    do throws(MetaxyError) {
      let imported = try table.importRows(
        of: RowsFile(path: path, displayPath: request.file, format), skippingExisting: request.skipsExisting,
        stop: context.stopIfInterrupted)
      if request.isDry { connection.rollbackTransaction() } else { try connection.commitTransaction() }
      if imported.isOutdated {
        context.warn(
          "no row of the file has the feature version of the sources, `\(table.currentVersion)`: programs do not read them by"
            + " default")
      }
      return RowImportReport(
        feature: table.key.text, table: table.samples.name.reportText, path: request.file, rows: imported.rows,
        written: imported.written, skipped: imported.skipped, isDry: request.isDry)
    } catch {
      connection.rollbackTransaction()
      throw error
    }
  }
}
