package import MetaxyErrors
internal import MetaxyFeatures

/// Reads the rows of a file one by one.
package protocol RowTextReader: AnyObject {
  /// The names of the columns; of JSON Lines those of the rows that were read.
  var columns: [String] { get }

  /// Reads the next row; nil after the last one.
  ///
  /// - Throws: `rows_file_refused` with the place of what is not in the format, or is not UTF-8.
  func next() throws(MetaxyError) -> FileRow?
}

/// A row of a file.
package struct FileRow: Sendable {
  /// The line where it starts, from 1.
  package var line: Int
  /// Its cells, in the order of the reader's columns; nil for a member that the row does not have. Later rows can have more
  /// columns.
  package var cells: [Cell?]
}

extension RowFormat {
  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - displayPath: the path for errors.
  ///   - columns: the columns that a file can have.
  /// - Throws: `unreadable_file`; as ``RowTextReader/next()``.
  package func reader(
    of path: String, displayPath: String, for columns: [RowColumn]
  ) throws(MetaxyError) -> any RowTextReader {
    switch self {
    case .csv: try CSVReader(path, displayPath: displayPath)
    case .jsonl:
      try JSONLinesReader(
        path, displayPath: displayPath, jsonColumns: Set(columns.filter(\.isJSON).map { ScalarString($0.name) }))
    }
  }
}

extension MetaxyError {
  /// A file of rows that is not in its format.
  package static func rowsFileRefused(_ file: String, line: Int, _ reason: String) -> MetaxyError {
    MetaxyError(
      .rowsFileRefused, "cannot read the rows of `\(file)`", Payload(path: file), hints: ["nothing was written"],
      diagnostics: [Diagnostic(reason, at: SourceLocation(file: file, line: line, column: 1))])
  }
}
