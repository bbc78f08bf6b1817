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

  /// The text of a line, numbered from 1, without its end; nil past the last.
  subscript(number: Int) -> String? {
    lines.indices.contains(number - 1) ? String(decoding: lines[number - 1], as: UTF8.self) : nil
  }
}
