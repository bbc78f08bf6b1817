import Foundation
import MetaxyErrors
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport

/// A temporary SQLite file. Tests inspect it independently of the code under test.
final class ScratchDatabase {
  let directory: URL
  let path: String
  let database: SQLiteDatabase

  init(_ sql: String = "") throws {
    directory = URL(filePath: try TemporaryDirectory.untilExit())
    path = directory.appendingPathComponent("a.db").path
    database = SQLiteDatabase(path: path, displayName: "a.db")
    if !sql.isEmpty { try run(sql) }
  }

  /// Runs a script, on a connection of its own with SQLite's defaults.
  func run(_ sql: String) throws { _ = try rows(sql) }

  /// Runs a script and returns the rows of its queries, values as text.
  func rows(_ sql: String) throws -> [[String?]] { try DatabaseFile(path: path).run(sql) }

  /// What the code under test reads from the file.
  func liveSchema() throws -> LiveSchema {
    try database.introspect(try database.openForReading()) { _ in false }
  }

  /// The definitions that the code under test reads from the file.
  func schema() throws -> Schema { try liveSchema().definition }

  /// What SQLite makes of the tables when these operations are done.
  func schema(after operations: [MigrationOperation], without books: [String]) throws -> LiveSchema {
    try database.introspect(try database.openForReading(), after: operations) { books.contains($0.name) }
  }

  func table(_ name: TableName) throws -> Table {
    guard let table = try schema()[name] else { throw DatabaseFile.Failure(description: "there is no table \(name)") }
    return table
  }

  /// A copy of the file under another name in the same directory.
  func copy(as name: String) throws -> String {
    let copy = directory.appendingPathComponent(name).path
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    return copy
  }
}
