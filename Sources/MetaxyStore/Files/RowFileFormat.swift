internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyRows

/// A format of files with rows.
public enum RowFileFormat: Sendable, Hashable, CaseIterable {
  /// Comma-separated values with a header, in RFC 4180's form; an empty field is NULL, and `""` an empty text.
  case csv
  /// One JSON object on each line.
  case jsonLines

  fileprivate var text: RowFormat {
    switch self {
    case .csv: .csv
    case .jsonLines: .jsonl
    }
  }
}

extension RowsFile {
  /// A file of a program; its name ends with the format if none is given.
  ///
  /// - Throws: `rows_file_refused` for another ending.
  init(_ path: String, _ format: RowFileFormat?) throws(MetaxyError) {
    guard let format = format?.text ?? RowFormat.ofFile(path) else { throw .unknownRowFormat(path, .program) }
    self.init(path: Paths.resolve(path, in: Paths.current), displayPath: path, format)
  }
}
