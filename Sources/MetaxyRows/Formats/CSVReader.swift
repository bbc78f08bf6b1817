internal import MetaxyErrors
internal import MetaxyFiles

/// Reads comma-separated values with a header; lines end in LF or CRLF.
final class CSVReader: RowTextReader {
  private(set) var columns: [String] = []
  private let bytes: FileBytes
  private let file: String
  /// The line of the next byte.
  private var line = 1

  init(_ path: String, displayPath: String) throws(MetaxyError) {
    file = displayPath
    bytes = try FileBytes(of: path, displayPath: displayPath)
    guard let header = try record() else {
      throw .rowsFileRefused(file, line: 1, "the file is empty; its first line names the columns")
    }
    for cell in header {
      guard case .text(let name) = cell else {
        throw .rowsFileRefused(file, line: 1, "the first line names the columns, and one has no name")
      }
      columns.append(name)
    }
  }

  func next() throws(MetaxyError) -> FileRow? {
    let start = line
    guard let cells = try record() else { return nil }
    guard cells.count == columns.count else {
      throw .rowsFileRefused(
        file, line: start, "the row has \(Wording.count(cells.count, "field")), and the header \(columns.count)")
    }
    return FileRow(line: start, cells: cells)
  }

  /// Reads the fields of one record; nil at the end of the file.
  private func record() throws(MetaxyError) -> [Cell]? {
    guard try bytes.peek() != nil else { return nil }
    var cells: [Cell] = []
    while true {
      cells.append(try field())
      switch try bytes.next() {
      case UInt8(ascii: ","): continue
      case UInt8(ascii: "\r"):
        guard try bytes.next() == UInt8(ascii: "\n") else {
          throw .rowsFileRefused(file, line: line, "a carriage return is not followed by a line feed")
        }
        line += 1
        return cells
      case UInt8(ascii: "\n"):
        line += 1
        return cells
      case nil: return cells
      default: throw .rowsFileRefused(file, line: line, "a character follows the quote that ends a field")
      }
    }
  }

  private func field() throws(MetaxyError) -> Cell {
    var text: [UInt8] = []
    let start = line
    guard try bytes.peek() == CSVText.quote else {
      try bytes.append(to: &text, until: Self.endsField)
      guard try bytes.peek() != CSVText.quote else {
        throw .rowsFileRefused(file, line: line, "a quote is in a field that does not start with one")
      }
      return text.isEmpty ? .null : .text(try decoded(text, start))
    }
    _ = try bytes.next()
    while true {
      try bytes.append(to: &text) { $0 == CSVText.quote }
      guard try bytes.next() != nil else { throw .rowsFileRefused(file, line: start, "a quote is not closed") }
      guard try bytes.peek() == CSVText.quote else { break }
      _ = try bytes.next()
      text.append(CSVText.quote)
    }
    line += text.count { $0 == UInt8(ascii: "\n") }
    return .text(try decoded(text, start))
  }

  private static func endsField(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == CSVText.quote
  }

  private func decoded(_ text: [UInt8], _ line: Int) throws(MetaxyError) -> String {
    guard let text = String(validating: text, as: UTF8.self) else {
      throw .rowsFileRefused(file, line: line, "the text is not UTF-8")
    }
    return text
  }
}
