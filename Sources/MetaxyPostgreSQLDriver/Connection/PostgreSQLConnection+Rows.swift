package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames

extension PostgreSQLConnection: RowConnection {
  package var interruptor: any Interruptor { interruption ?? NoInterruptor() }

  /// False: a cursor exists in a transaction, which other statements would end.
  package var keepsCursorsApart: Bool { false }

  /// Sends the rows by COPY, which has no limit of parameters.
  package func append(_ values: [SQLValue], to table: TableName, columns: [String]) throws(AppendFailure) {
    let text: [UInt8]
    do {
      text = try CopyText(values, width: columns.count).bytes
    } catch {
      throw AppendFailure(position: nil, cause: error)
    }
    do {
      try copy(text, to: table.name, "COPY \(SQLText.identifier(table)) (\(SQLText.identifiers(columns))) FROM STDIN")
    } catch {
      throw AppendFailure(position: error.payload.row.map { $0 - 1 }, cause: error)
    }
  }

  package func cursor(
    _ sql: String, _ parameters: [SQLValue], partSize: Int?, joinsWholeTables: Bool
  ) throws(MetaxyError) -> any RowCursor {
    guard partSize != nil || joinsWholeTables else { return PostgreSQLRows(try run(sql, parameters)) }
    return try PostgreSQLCursor(sql, parameters, partSize: partSize, joinsWholeTables: joinsWholeTables, on: self)
  }
}

/// The interruptor of a connection that cannot be interrupted.
private struct NoInterruptor: Interruptor {
  func request() {}
  func withdraw() {}
}

/// The rows of a complete result.
final class PostgreSQLRows: RowCursor {
  private let result: PostgreSQLResult
  private let types: [UInt32]
  private let count: Int
  private var position = 0

  init(_ result: PostgreSQLResult) {
    self.result = result
    types = result.types
    count = result.count
  }

  var columnNames: [String] { result.columnNames }

  func next(into row: inout [SQLValue]) throws(MetaxyError) -> Bool {
    guard position < count else { return false }
    result.read(position, types, into: &row)
    position += 1
    return true
  }

  /// Whether there are no rows.
  var isEmpty: Bool { count == 0 }
}

/// The rows of a server-side cursor, fetched part by part, or all at once, in a separate transaction.
///
/// <https://www.postgresql.org/docs/current/sql-declare.html>
final class PostgreSQLCursor: RowCursor {
  private let connection: PostgreSQLConnection
  private let fetch: String
  private var part: PostgreSQLRows?
  let columnNames: [String]

  init(
    _ sql: String, _ parameters: [SQLValue], partSize: Int?, joinsWholeTables: Bool, on connection: PostgreSQLConnection
  ) throws(MetaxyError) {
    self.connection = connection
    fetch = "FETCH \(partSize.map(String.init) ?? "ALL") FROM metaxy_rows"
    try connection.run("BEGIN READ ONLY")
    do {
      // A table without statistics, such as one that has just been filled, seems to have a two-hundredth of its rows in any
      // version, and of these a two-hundredth that are not deleted: so few that each is compared with each.
      // https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-ENABLE-NESTLOOP
      if joinsWholeTables { try connection.run("SET LOCAL enable_nestloop = off") }
      try connection.run("DECLARE metaxy_rows NO SCROLL CURSOR FOR \(sql)", parameters)
      let part = PostgreSQLRows(try connection.run(fetch))
      columnNames = part.columnNames
      self.part = part
    } catch {
      connection.rollbackTransaction()
      throw error
    }
  }

  deinit {
    connection.rollbackTransaction()
  }

  func next(into row: inout [SQLValue]) throws(MetaxyError) -> Bool {
    while let part {
      if try part.next(into: &row) { return true }
      self.part = part.isEmpty ? nil : PostgreSQLRows(try connection.run(fetch))
    }
    return false
  }
}
