internal import CPostgreSQL
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyHashing

// https://www.postgresql.org/docs/current/libpq-copy.html
extension PostgreSQLConnection {
  /// Runs a COPY from the client and sends the data.
  func copy(_ text: [UInt8], to table: String, _ sql: String) throws(MetaxyError) {
    try stopIfAsked()
    let start = ContinuousClock.now
    try send(sql, PostgreSQLParameters([]))
    var refusal: PostgreSQLReport?
    while let result = nextResult(isInterruptible: true) {
      switch result.outcome {
      case .copyingIn: put(text)
      case .failed: refusal = refusal ?? result.report
      case .done, .empty, .copyingOut: break
      }
    }
    guard let refusal else { return }
    var error = failure(refusal, sql: sql, elapsed: ContinuousClock.now - start)
    error.payload.row = refusal.copiedRow(of: table)
    throw error
  }

  /// Sends a part of the data; errors are in the result that follows.
  private func put(_ text: [UInt8]) {
    text.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: Self.copyPiece) {
        let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + Self.copyPiece, bytes.count)])
        guard let address = piece.bindMemory(to: CChar.self).baseAddress,
          functions.PQputCopyData(handle, address, Int32(piece.count)) == 1
        else { break }
      }
    }
    _ = functions.PQputCopyEnd(handle, nil)
  }

  private static let copyPiece = 1 << 16
}

/// Rows in COPY's text format: tabs between values, a line end after each row.
///
/// <https://www.postgresql.org/docs/current/sql-copy.html>
struct CopyText {
  private(set) var bytes: [UInt8] = []

  /// - Throws: `nul_in_text`.
  init(_ values: [SQLValue], width: Int) throws(MetaxyError) {
    bytes.reserveCapacity(values.count * 16)
    var column = 0
    for value in values {
      try append(value)
      column += 1
      bytes.append(column == width ? UInt8(ascii: "\n") : UInt8(ascii: "\t"))
      if column == width { column = 0 }
    }
  }

  private mutating func append(_ value: SQLValue) throws(MetaxyError) {
    switch value {
    case .null: bytes += "\\N".utf8
    case .integer(let number): bytes += String(number).utf8
    case .real(let number): bytes += "\(number)".utf8
    case .text(let text):
      guard append(text) else { throw .nulInText() }
    case .blob(let blob):
      bytes += "\\\\x".utf8
      Hexadecimal.append(blob, to: &bytes)
    }
  }

  /// Appends a text; returns false if it contains a NUL.
  private mutating func append(_ text: String) -> Bool {
    for byte in text.utf8 {
      switch byte {
      case 0: return false
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      case UInt8(ascii: "\r"): bytes += "\\r".utf8
      default: bytes.append(byte)
      }
    }
    return true
  }
}
