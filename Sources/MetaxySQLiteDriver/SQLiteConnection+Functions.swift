internal import CSQLite
package import MetaxyErrors

extension SQLiteConnection {
  /// Defines a function of one text for the statements of this connection; other values are returned as they are.
  ///
  /// <https://sqlite.org/c3ref/create_function.html>
  package func define(_ name: String, _ body: @escaping @Sendable (String) -> String) throws(MetaxyError) {
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY
    let result = sqlite3_create_function_v2(
      handle, name, 1, flags, Unmanaged.passRetained(SQLiteFunction(body)).toOpaque(),
      { context, _, arguments in
        guard let argument = arguments?[0], let data = sqlite3_user_data(context) else { return }
        guard sqlite3_value_type(argument) == SQLITE_TEXT, let text = sqlite3_value_text(argument) else {
          sqlite3_result_value(context, argument)
          return
        }
        let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(argument)))
        var answer = Unmanaged<SQLiteFunction>.fromOpaque(data).takeUnretainedValue()
          .body(String(decoding: bytes, as: UTF8.self))
        answer.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) {
            sqlite3_result_text(context, $0.baseAddress, Int32($0.count), metaxy_sqlite_transient())
          }
        }
      }, nil, nil, { data in if let data { Unmanaged<SQLiteFunction>.fromOpaque(data).release() } })
    guard result == SQLITE_OK else { throw failure(of: "sqlite3_create_function_v2") }
  }
}

/// A function that lives as long as its connection.
private final class SQLiteFunction: Sendable {
  let body: @Sendable (String) -> String

  init(_ body: @escaping @Sendable (String) -> String) { self.body = body }
}
