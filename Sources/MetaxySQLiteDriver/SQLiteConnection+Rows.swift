internal import CSQLite
package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyNames

extension SQLiteConnection: RowConnection {
  package var interruptor: any Interruptor { interruption }

  /// True: statements of one connection are isolated from each other. https://sqlite.org/isolation.html
  package var keepsCursorsApart: Bool { true }

  package func columns(of table: TableName) throws(MetaxyError) -> [StoredColumn]? {
    let rows = try query(
      """
      SELECT c.name, c.type, c."notnull", c.dflt_value IS NOT NULL, c.hidden, c.pk,
        (SELECT count(*) FROM pragma_table_info(?1) WHERE pk > 0), m.sql
      FROM pragma_table_xinfo(?1) AS c JOIN sqlite_master AS m ON m.type = 'table' AND lower(m.name) = lower(?1)
      WHERE c.hidden <> 1 ORDER BY c.cid
      """, [.text(table.name)])
    return rows.isEmpty ? nil : rows.map(StoredColumn.init(sqlite:))
  }

  package func keys(of table: TableName) throws(MetaxyError) -> [StoredKey] {
    // A row id that is a column has no index. A key without NOT NULL may hold NULL. https://sqlite.org/lang_createtable.html
    StoredKey.keys(
      from: try query(
        """
        SELECT l.seq, i.name, (SELECT NOT t."notnull" FROM pragma_table_info(?1) AS t WHERE t.name = i.name)
        FROM pragma_index_list(?1) AS l JOIN pragma_index_info(l.name) AS i
        WHERE l."unique" = 1 AND l.partial = 0
        UNION ALL
        SELECT -1, t.name, 0 FROM pragma_table_info(?1) AS t JOIN sqlite_master AS m
          ON m.type = 'table' AND lower(m.name) = lower(?1)
        WHERE t.pk = 1 AND lower(t.type) = 'integer' AND (SELECT count(*) FROM pragma_table_info(?1) WHERE pk > 0) = 1
        ORDER BY 1
        """, [.text(table.name)]))
  }

  /// True: SQLite has no schemas and no user-defined types.
  package func hasSchema(_ name: String) -> Bool { true }
  package func hasType(_ name: String, schema: String?) -> Bool { true }

  package func append(_ values: [SQLValue], to table: TableName, columns: [String]) throws(AppendFailure) {
    let places = columns.map { _ in "?" }.joined(separator: ", ")
    let sql = "INSERT INTO \(SQLText.identifier(table)) (\(SQLText.identifiers(columns))) VALUES (\(places))"
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
  ///
  /// A join makes an index of its own where it has none: <https://sqlite.org/optoverview.html#autoindex>.
  package func cursor(
    _ sql: String, _ parameters: [SQLValue], partSize: Int?, joinsWholeTables: Bool
  ) throws(MetaxyError) -> any RowCursor {
    SQLiteCursor(try SQLiteStatement(sql, parameters, on: self))
  }
}

/// The rows of a statement, read step by step.
final class SQLiteCursor: RowCursor {
  private let statement: SQLiteStatement
  private var isAtEnd = false

  init(_ statement: SQLiteStatement) { self.statement = statement }

  var columnNames: [String] { statement.columnNames }

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

extension StoredColumn {
  /// Name, declared type, NOT NULL, has a default, hidden, position in the key, and how many columns the key has.
  ///
  /// SQLite generates the values of a single-column `INTEGER PRIMARY KEY`. https://sqlite.org/lang_createtable.html#rowid
  fileprivate init(sqlite row: [SQLValue]) {
    let declared = row[1].text ?? ""
    let isRowID = row[5].integer == 1 && row[6].integer == 1 && declared.folded == "integer"
    // https://sqlite.org/pragma.html#pragma_table_xinfo
    let isGenerated = row[4].integer == 2 || row[4].integer == 3
    self.init(
      name: row[0].text ?? "", type: SQLiteTypes.type(declared: declared), isNullable: row[2].integer == 0,
      isGenerated: isGenerated, hasDefault: row[3].integer == 1 || isGenerated || isRowID)
  }
}
