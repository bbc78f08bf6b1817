internal import MetaxyErrors
package import MetaxyFeatures
package import MetaxyRows

/// The result of an export.
package struct RowExportReport: Report {
  package var feature: String
  package var table: String
  /// The file; nil if the rows went to stdout.
  package var path: String?
  package var format: RowFormat
  package var rows: Int

  package var json: JSONValue {
    .object([
      .init("feature", .string(feature)), .init("table", .string(table)), .init("path", JSONValue(path)),
      .init("format", .string(format.rawValue)), .init("rows", JSONValue(rows)),
    ])
  }

  package var text: String { path.map { "wrote \($0): \(Wording.count(rows, "row")) of \(feature)" } ?? "" }
}

/// The result of an import.
package struct RowImportReport: Report {
  package var feature: String
  package var table: String
  package var path: String
  /// The rows of the file.
  package var rows: Int
  package var written: Int
  /// The rows that were in the table already.
  package var skipped: Int
  /// Whether nothing was written.
  package var isDry: Bool

  package var json: JSONValue {
    .object([
      .init("feature", .string(feature)), .init("table", .string(table)), .init("path", .string(path)),
      .init("rows", JSONValue(rows)), .init("written", JSONValue(written)), .init("skipped", JSONValue(skipped)),
      .init("dry_run", .boolean(isDry)),
    ])
  }

  package var text: String {
    "\(isDry ? "would write" : "wrote") \(Wording.count(written, "row")) of \(path) into \(table)"
      + (skipped > 0 ? ", and skipped \(skipped) that are in it already" : "")
  }
}
