// Comments and strings.
extension SourceLimits {
  mutating func skipLine() {
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
  }

  mutating func skipComment() {
    var depth = 0
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
        depth += 1
        offset += 2
      } else if bytes[offset] == UInt8(ascii: "*"), next == UInt8(ascii: "/") {
        depth -= 1
        offset += 2
        if depth == 0 { return }
      } else {
        offset += 1
      }
    }
  }

  /// Skips a string up to its end or to what is interpolated into it, which is read as code.
  mutating func skipString(hashes: Int) -> Problem? {
    let quotes = bytes[offset...].prefix(3).elementsEqual("\"\"\"".utf8) ? 3 : 1
    offset += quotes
    return skipText(of: OpenString(hashes: hashes, quotes: quotes, level: levels.count))
  }

  /// Skips the text of a string. One on one line ends with the line at the latest.
  mutating func skipText(of string: OpenString) -> Problem? {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\\"), hasHashes(string.hashes, at: offset + 1) {
        offset += 1 + string.hashes
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "(") {
          strings.append(string)
          let problem = readOpening(UInt8(ascii: "("))
          offset += 1
          return problem
        }
        offset += 1
      } else if byte == UInt8(ascii: "\n"), string.quotes == 1 {
        return nil
      } else if byte == UInt8(ascii: "\""), ends(string) {
        offset += string.quotes + string.hashes
        return nil
      } else {
        offset += 1
      }
    }
    return nil
  }

  private func ends(_ string: OpenString) -> Bool {
    let quotes = bytes[offset...].prefix(string.quotes)
    return quotes.count == string.quotes && quotes.allSatisfy { $0 == UInt8(ascii: "\"") }
      && hasHashes(string.hashes, at: offset + string.quotes)
  }

  private func hasHashes(_ count: Int, at start: Int) -> Bool {
    guard start + count <= bytes.count else { return false }
    return bytes[start..<start + count].allSatisfy { $0 == UInt8(ascii: "#") }
  }
}
