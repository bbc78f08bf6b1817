internal import MetaxyDatabase
internal import MetaxyErrors

/// The parameters of a statement in libpq's format.
///
/// The server infers their types, as for literals; only bytes have an explicit type, because their format differs.
struct PostgreSQLParameters {
  private var types: [UInt32] = []
  private var formats: [Int32] = []
  private var bytes: [[UInt8]?] = []

  /// - Throws: `nul_in_text`: PostgreSQL does not support NUL, and libpq would end the text there.
  init(_ values: [SQLValue]) throws(MetaxyError) {
    for value in values {
      switch value {
      case .null: append(nil)
      case .integer(let number): append(Array("\(number)".utf8))
      case .real(let number): append(Array("\(number)".utf8))
      case .text(let text):
        guard !text.utf8.contains(0) else { throw .nulInText() }
        append(Array(text.utf8))
      case .blob(let blob): append(blob, type: SQLValue.bytea, format: 1)
      }
    }
  }

  private mutating func append(_ value: [UInt8]?, type: UInt32 = 0, format: Int32 = 0) {
    types.append(type)
    formats.append(format)
    bytes.append(value)
  }

  /// Calls `body` with the four arrays of `PQsendQueryParams`, which are valid during the call.
  func withPointers<Result>(
    _ body: (_ types: [UInt32], _ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) -> Result
  ) -> Result {
    let storage = bytes.map { value -> UnsafeMutablePointer<CChar>? in
      guard let value else { return nil }
      let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: value.count + 1)
      for (index, byte) in value.enumerated() { pointer[index] = CChar(bitPattern: byte) }
      pointer[value.count] = 0  // the terminating NUL
      return pointer
    }
    defer { storage.forEach { $0?.deallocate() } }
    return body(types, storage.map { UnsafePointer($0) }, bytes.map { Int32(clamping: $0?.count ?? 0) }, formats)
  }
}
