internal import CSQLite
package import MetaxyErrors
package import MetaxyRuntime
package import MetaxySQL
internal import MetaxySchema

extension SQLiteDatabase: RowDatabase {
  package func openForRows(_ purpose: RowPurpose) throws(MetaxyError) -> any RowConnection {
    // Opening a missing file would create an empty database.
    guard exists else { throw .databaseMissing(displayName) }
    return try SQLiteConnection(
      path: path, mode: purpose == .reading ? .reading : .writing, timeouts: timeouts,
      interruption: SQLiteInterruption())
  }
}

extension SQLiteConnection: RowConnection {
  package var interruptor: any Interruptor { interruption }

  /// True: statements of one connection are isolated from each other. https://sqlite.org/isolation.html
  package var keepsCursorsApart: Bool { true }

  package func append(_ values: [SQLValue], to table: TableName, columns: [String]) throws(AppendFailure) {
    let writer = SQLWriter(SQLiteDialect())
    let places = columns.map { _ in "?" }.joined(separator: ", ")
    let sql = "INSERT INTO \(writer.name(table)) (\(writer.names(columns))) VALUES (\(places))"
    var position = 0
    do {
      let statement = try SQLiteStatement(sql, [], on: self)
      for start in stride(from: 0, to: values.count, by: columns.count) {
        position = start / columns.count
        try statement.rebind(values[start..<start + columns.count])
        while try statement.step() {}
      }
    } catch {
      throw AppendFailure(position: position, cause: error)
    }
  }

  /// Returns a cursor that fetches row by row, regardless of `partSize`.
  package func cursor(_ sql: String, _ parameters: [SQLValue], partSize: Int?) throws(MetaxyError) -> any RowCursor {
    SQLiteCursor(try SQLiteStatement(sql, parameters, on: self))
  }
}

/// The rows of a statement, read step by step.
final class SQLiteCursor: RowCursor {
  private let statement: SQLiteStatement
  private var isAtEnd = false

  init(_ statement: SQLiteStatement) { self.statement = statement }

  func next(into row: inout [SQLValue]) throws(MetaxyError) -> Bool {
    // A step after the end would run the statement again.
    guard !isAtEnd, try statement.step() else {
      isAtEnd = true
      return false
    }
    statement.read(into: &row)
    return true
  }
}
