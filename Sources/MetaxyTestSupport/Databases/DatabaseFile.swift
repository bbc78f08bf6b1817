internal import CSQLite

/// A SQLite file that is read and written without the code under test.
package struct DatabaseFile: Sendable {
  package struct Failure: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) { self.description = description }
  }

  package let path: String

  package init(path: String) { self.path = path }

  /// Runs a script on a new connection with SQLite's defaults and returns the rows of its queries as text.
  @discardableResult
  package func run(_ sql: String) throws -> [[String?]] {
    var handle: OpaquePointer?
    sqlite3_open(path, &handle)
    defer { sqlite3_close(handle) }
    var found: [[String?]] = []
    var message: UnsafeMutablePointer<CChar>?
    let result = withUnsafeMutablePointer(to: &found) { found in
      sqlite3_exec(
        handle, sql,
        { context, count, values, _ in
          let row = (0..<Int(count)).map { values?[$0].map { String(cString: $0) } }
          context?.assumingMemoryBound(to: [[String?]].self).pointee.append(row)
          return 0
        }, found, &message)
    }
    defer { sqlite3_free(message) }
    guard result == SQLITE_OK else {
      throw Failure(description: "\(message.map { String(cString: $0) } ?? "error \(result)") in: \(sql.prefix(200))")
    }
    return found
  }

  /// Returns the first value of a query's first row.
  package func value(_ sql: String) throws -> String? { try run(sql).first?.first ?? nil }
}
