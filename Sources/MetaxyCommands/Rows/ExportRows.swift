internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyNames
package import MetaxyRows
internal import MetaxyRuntime

extension Commands {
  /// The options of `metaxy rows export FEATURE`.
  package struct RowExport: Sendable {
    /// The versions whose rows are exported.
    package enum Version: Sendable, Hashable {
      case current, all
      case version(String)
    }

    package var feature: String
    /// nil for the one of the file's name, or CSV.
    package var format: RowFormat?
    /// The file, relative to the working directory; nil for stdout.
    package var output: String?
    package var overwrites: Bool
    /// Whether all rows of a sample are exported instead of the newest one.
    package var hasHistory: Bool
    package var version: Version
    /// The names of the columns; nil for all that the database does not compute.
    package var columns: [String]?

    package init(
      feature: String, format: RowFormat?, output: String?, overwrites: Bool, hasHistory: Bool, version: Version,
      columns: [String]?
    ) {
      self.feature = feature
      self.format = format
      self.output = output
      self.overwrites = overwrites
      self.hasHistory = hasHistory
      self.version = version
      self.columns = columns
    }

    /// Returns the version of the rows; nil for all.
    fileprivate func version(current: String) -> String? {
      switch version {
      case .current: current
      case .all: nil
      case .version(let version): version
      }
    }
  }

  /// Writes the rows of a feature into a file or to stdout.
  ///
  /// - Parameter print: writes a part of the text to stdout.
  package static func exportRows(
    _ context: CommandContext, _ request: RowExport, print: ([UInt8]) throws(MetaxyError) -> Void
  ) throws(MetaxyError) -> RowExportReport {
    let session = try ProjectSession(context)
    let table = try FeatureTable(request.feature, session, for: .reading)
    let format = request.format ?? request.output.flatMap(RowFormat.ofFile) ?? .csv
    let text = try RowsText(
      table, columns: request.columns, version: request.version(current: table.currentVersion),
      hasHistory: request.hasHistory, format)
    let count: Int
    // An interrupted export leaves no draft of its file.
    context.interruption?.begin()
    if let output = request.output {
      count = try text.write(
        to: Paths.resolve(output, in: context.workingDirectory), displayPath: output, overwrites: request.overwrites,
        check: context.stopIfInterrupted)
    } else {
      count = try text.write(check: context.stopIfInterrupted, print)
      context.report(.note(Wording.count(count, "row") + " of \(table.key)"))
    }
    if count == 0, case .version(let version) = request.version {
      context.warn("there are no rows of the version `\(version)`; \(.statusOfRows()) lists the versions")
    }
    return RowExportReport(
      feature: table.key.text, table: table.samples.name.reportText, path: request.output, format: format, rows: count)
  }
}

extension CommandContext {
  /// - Throws: `interrupted` after Ctrl-C.
  func stopIfInterrupted() throws(MetaxyError) {
    if interruption?.take() == true { throw .interrupted() }
  }
}
