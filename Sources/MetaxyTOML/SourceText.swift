import MetaxyErrors

/// A text with an index of its lines, to compute source locations.
struct SourceText: Sendable {
  /// The file's path for display.
  let file: String
  let bytes: [UInt8]
  private let lineStarts: [Int]

  init(_ text: String, file: String) {
    self.file = file
    self.bytes = Array(text.utf8)
    self.lineStarts = [0] + bytes.indices.filter { [bytes] in bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  /// Returns the line and column of a byte.
  func location(of offset: Int) -> SourceLocation {
    let line = lineIndex(of: offset)
    return SourceLocation(file: file, line: line + 1, column: offset - lineStarts[line] + 1)
  }

  /// Returns a diagnostic with its source line; a line that may contain a password is left out.
  func diagnostic(_ message: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, message, at: location, sourceLine: line(location.line).flatMap { Self.mayHoldSecret($0) ? nil : $0 })
  }

  /// Returns the text of a line, numbered from 1, without its line end.
  private func line(_ number: Int) -> String? {
    guard lineStarts.indices.contains(number - 1) else { return nil }
    let start = lineStarts[number - 1]
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    return text.hasSuffix("\r") ? String(text.unicodeScalars.dropLast()) : text
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Whether a line may contain a password: `user:password@host`, `scheme://user:…`, or a word such as `password`.
  private static func mayHoldSecret(_ line: String) -> Bool {
    let bytes = Array(line.lowercased().utf8)
    if ["password", "passwd", "secret", "token"].contains(where: { bytes.firstRange(of: $0.utf8) != nil }) {
      return true
    }
    // The `@` can be missing, like a closing quote.
    let start = bytes.firstRange(of: "://".utf8)?.upperBound
    if let start { return bytes[start...].contains(UInt8(ascii: ":")) }
    guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
    return bytes[..<at].contains(UInt8(ascii: ":"))
  }
}
