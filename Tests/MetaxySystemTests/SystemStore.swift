import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport

/// A temporary database with Metaxy's system tables. Tests inspect it independently of the code under test.
struct SystemStore: Sendable {
  let database: any Database
  private let content: EmptyDatabase

  init(_ engine: Engine) throws {
    content = try EmptyDatabase(on: engine)
    database =
      if let path = content.path {
        SQLiteDatabase(path: path, displayName: "a.db")
      } else {
        PostgreSQLDatabase(connectionString: content.url, displayName: "a database")
      }
    let connection = try database.openForWriting()
    let writer = SQLWriter(database.dialect)
    for table in SystemTables.schema(.seed).sorted {
      try connection.execute(try writer.createTable(table.withoutIndexes))
      for index in table.indexes { try connection.execute(writer.createIndex(index, on: table.name)) }
    }
  }

  /// The rows of a query, values separated by `|`.
  func rows(_ sql: String) throws -> [String] { try content.rows(sql) }

  func graphs() throws -> PushedGraphs {
    PushedGraphs(dialect: database.dialect, connection: try database.openForWriting())
  }
}
