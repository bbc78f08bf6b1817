import MetaxyErrors
import MetaxyFiles

/// The lines of a file, for quotations in diagnostics.
struct LineText {
  private let lines: [ArraySlice<UInt8>]

  init(path: String) {
    // If the file was deleted after it was read, its diagnostics only lose their source lines.
    var bytes = (try? Files.bytes(at: path)) ?? []
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    lines = LineTable(bytes).lines(of: bytes)
  }

  /// The longest line that is quoted; longer lines are usually generated and do not help the reader.
  private static let longestQuoted = 400

  /// Returns the text of a line, numbered from 1, without its end; nil past the last line and for a line that is too
  /// long to quote.
  subscript(number: Int) -> String? {
    guard lines.indices.contains(number - 1), lines[number - 1].count <= Self.longestQuoted else { return nil }
    return String(decoding: lines[number - 1], as: UTF8.self)
  }
}
