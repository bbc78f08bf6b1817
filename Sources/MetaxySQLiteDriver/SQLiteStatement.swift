internal import CSQLite
internal import MetaxyDatabase
internal import MetaxyErrors

/// One prepared statement; finalised with the value.
final class SQLiteStatement {
  private let handle: OpaquePointer
  private let connection: SQLiteConnection
  private let sql: String

  init(_ sql: String, _ parameters: [SQLValue], on connection: SQLiteConnection) throws(MetaxyError) {
    self.connection = connection
    self.sql = sql
    var sql = sql
    var pointer: OpaquePointer?
    let result = sql.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        sqlite3_prepare_v2(connection.handle, characters.baseAddress, Int32(characters.count), &pointer, nil)
      }
    }
    guard result == SQLITE_OK else { throw connection.failure(of: sql) }
    guard let pointer else { throw .emptyStatement() }
    handle = pointer
    try bind(parameters)
  }

  deinit {
    sqlite3_finalize(handle)
  }

  /// Advances to the next row; returns false if there is none.
  func step() throws(MetaxyError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw connection.failure(of: sql)
    }
  }

  /// Resets the statement to run again with other parameters.
  func rebind(_ parameters: ArraySlice<SQLValue>) throws(MetaxyError) {
    // The result repeats the error of the last step, which was already reported.
    _ = sqlite3_reset(handle)
    try bind(parameters)
  }

  private func bind(_ parameters: some Sequence<SQLValue>) throws(MetaxyError) {
    var index: Int32 = 1
    for parameter in parameters {
      guard bind(parameter, at: index) == SQLITE_OK else { throw connection.failure(of: sql) }
      index += 1
    }
  }

  var columnNames: [String] {
    (0..<sqlite3_column_count(handle)).map { sqlite3_column_name(handle, $0).map { String(cString: $0) } ?? "" }
  }

  /// The values of the current row.
  var row: [SQLValue] { (0..<sqlite3_column_count(handle)).map(value) }

  /// Reads the values of the current row into `row`.
  func read(into row: inout [SQLValue]) {
    row.removeAll(keepingCapacity: true)
    for index in 0..<sqlite3_column_count(handle) { row.append(value(at: index)) }
  }

  private func value(at index: Int32) -> SQLValue {
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, index))
    case SQLITE_FLOAT: .real(sqlite3_column_double(handle, index))
    case SQLITE_TEXT: .text(String(decoding: bytes(sqlite3_column_text(handle, index), at: index), as: UTF8.self))
    case SQLITE_BLOB: .blob(Array(bytes(sqlite3_column_blob(handle, index), at: index)))
    default: .null
    }
  }

  private func bytes(_ pointer: UnsafeRawPointer?, at index: Int32) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: pointer, count: pointer == nil ? 0 : Int(sqlite3_column_bytes(handle, index)))
  }

  private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(handle, index)
    case .integer(let number): return sqlite3_bind_int64(handle, index, number)
    case .real(let number): return sqlite3_bind_double(handle, index, number)
    case .text(var text):
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text(handle, index, $0.baseAddress ?? emptyText, Int32($0.count), metaxy_sqlite_transient())
        }
      }
    case .blob(let blob):
      guard !blob.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
      return blob.withUnsafeBytes {
        sqlite3_bind_blob(handle, index, $0.baseAddress, Int32($0.count), metaxy_sqlite_transient())
      }
    }
  }

  /// A non-null pointer for an empty text: SQLite interprets a null pointer as NULL.
  private var emptyText: UnsafePointer<CChar> { UnsafePointer(Self.empty) }
  private nonisolated(unsafe) static let empty: UnsafeMutablePointer<CChar> = {
    let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    pointer.initialize(to: 0)
    return pointer
  }()
}
