import CSQLite
import Foundation
import MetaxyErrors
import MetaxyRuntime
import MetaxySQLite
import MetaxySchema

/// A SQLite file of a test's own. What a test looks at is read past the code under test.
final class ScratchDatabase {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  let directory: URL
  let path: String
  let database: SQLiteDatabase

  init(_ sql: String = "") throws {
    directory = Self.root.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    path = directory.appendingPathComponent("a.db").path
    database = SQLiteDatabase(path: path, shownName: "a.db")
    if !sql.isEmpty { try run(sql) }
  }

  /// Removed when the tests end, and not before: a connection may outlive the value that it came from.
  private static let root: URL = {
    atexit { try? FileManager.default.removeItem(at: ScratchDatabase.root) }
    return FileManager.default.temporaryDirectory.appendingPathComponent("metaxy-\(UUID().uuidString)")
  }()

  /// Runs a script, on a connection of its own with SQLite's defaults.
  func run(_ sql: String) throws { _ = try rows(sql) }

  /// Runs a script and returns the rows of its queries, values as text.
  func rows(_ sql: String) throws -> [[String?]] {
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
      throw Failure(description: "\(message.map { String(cString: $0) } ?? "error \(result)") in: \(sql)")
    }
    return found
  }

  /// What the code under test reads from the file.
  func schema() throws -> Schema {
    try database.introspect(try database.openForReading()) { _ in false }
  }

  func table(_ name: TableName) throws -> Table {
    guard let table = try schema()[name] else { throw Failure(description: "there is no table \(name)") }
    return table
  }

  /// A copy of the file under another name in the same directory.
  func copy(as name: String) throws -> String {
    let copy = directory.appendingPathComponent(name).path
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    return copy
  }
}
