import Foundation
import MetaxyErrors
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport

/// A temporary database with Metaxy's system tables. Tests inspect it independently of the code under test.
struct SystemStore: Sendable {
  static let engines = ["sqlite", "postgresql"]

  let database: any Database
  private let query: @Sendable (String) throws -> [String]
  private let directory: TemporaryDirectory

  init(_ engine: String) throws {
    directory = try TemporaryDirectory()
    if engine == "sqlite" {
      let file = DatabaseFile(path: "\(directory.path)/a.db")
      database = SQLiteDatabase(path: file.path, displayName: "a.db")
      query = { sql in try file.run(sql).map { $0.map { $0 ?? "" }.joined(separator: "|") } }
    } else {
      let cluster = try PostgreSQLCluster.shared()
      let url = try cluster.database()
      database = PostgreSQLDatabase(connectionString: url, displayName: "a database")
      query = { sql in
        let output = try cluster.query(sql, at: url)
        return output.isEmpty ? [] : output.split(separator: "\n").map(String.init)
      }
    }
    let connection = try database.openForWriting()
    let writer = SQLWriter(database.dialect)
    for table in SystemTables.schema.sorted {
      try connection.execute(try writer.createTable(table.withoutIndexes))
      for index in table.indexes { try connection.execute(writer.createIndex(index, on: table.name)) }
    }
  }

  /// The rows of a query, values separated by `|`.
  func rows(_ sql: String) throws -> [String] { try query(sql) }

  func graphs() throws -> PushedGraphs {
    PushedGraphs(dialect: database.dialect, connection: try database.openForWriting())
  }
}
