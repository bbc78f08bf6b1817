/// The line of a statement in which an engine found something wrong, with a caret under the place.
package enum StatementExcerpt {
  /// Returns the line of the place at `offset`, in bytes, with its caret; nil if the place is not known.
  package static func text(of sql: String, atByte offset: Int?) -> String? {
    let bytes = Array(sql.utf8)
    guard let offset, offset >= 0, offset <= bytes.count, !bytes.isEmpty else { return nil }
    let newline = UInt8(ascii: "\n")
    let start = bytes[..<offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = bytes[offset...].firstIndex(of: newline) ?? bytes.count
    return PlaceExcerpt.text(of: bytes[start..<end], at: offset - start)
  }

  /// The offset in bytes of a place that an engine counts in Unicode scalars, from 0; nil if it is not known.
  package static func offset(in sql: String, ofScalar index: Int?) -> Int? {
    let scalars = sql.unicodeScalars
    guard let index, index >= 0,
      let place = scalars.index(scalars.startIndex, offsetBy: index, limitedBy: scalars.endIndex)
    else { return nil }
    return sql.utf8.distance(from: sql.utf8.startIndex, to: place)
  }
}
