import MetaxyErrors
import MetaxyFiles

/// The lines of a file, to quote them.
struct LineText {
  private let lines: [ArraySlice<UInt8>]

  init(path: String) {
    // A file that has vanished since it was read leaves its diagnostics without a quotation, nothing worse.
    var bytes = (try? Files.bytes(at: path)) ?? []
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    lines = LineTable(bytes).lines(of: bytes)
  }

  /// Longer lines help nobody: those of files that a program wrote.
  private static let longestQuoted = 400

  /// The text of a line, numbered from 1, without its end; nil past the last, and for one that is too long to be read.
  subscript(number: Int) -> String? {
    guard lines.indices.contains(number - 1), lines[number - 1].count <= Self.longestQuoted else { return nil }
    return String(decoding: lines[number - 1], as: UTF8.self)
  }
}
