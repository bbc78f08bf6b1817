internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime

/// The values of columns that an `ALTER TABLE` is about to convert, compared with those that they become.
struct PostgreSQLConvertedValues {
  let meter: PostgreSQLLossMeter
  let text: PostgreSQLConversionText
  /// The oid of the table, and its name before the section.
  let table: (number: Int64, name: TableName)

  private var connection: PostgreSQLMigrationConnection { meter.connection }

  /// Returns the values that do not come back from the converted ones; nil if they cannot be compared.
  func losses() throws(MetaxyError) -> [MeasuredLoss]? {
    let conditions = try self.conditions()
    guard !conditions.isEmpty else { return [] }
    let counts = conditions.map { "count(*) FILTER (WHERE \($0.condition))" }.joined(separator: ", ")
    // No other session may write between the count and the statement, which takes this lock anyway.
    try connection.session.execute("LOCK TABLE \(SQLText.identifier(text.table)) IN ACCESS EXCLUSIVE MODE")
    let savepoint = try PostgreSQLSavepoint(connection)
    let row: [SQLValue]
    do {
      try connection.session.execute("SET LOCAL row_security = off")
      row = try connection.query("SELECT \(counts) FROM \(SQLText.identifier(text.table))")[0]
    } catch {
      guard !error.isConnectionLoss else { throw error }
      try savepoint.rollBack()
      try savepoint.release()
      return nil
    }
    try savepoint.rollBack()
    try savepoint.release()
    return zip(conditions, row).compactMap { column, count in
      let count = Int(count.integer ?? 0)
      return count > 0 ? MeasuredLoss(.values(column.name), table.name, count: count) : nil
    }
  }

  /// The conditions for values that change, of those columns that existed before the section.
  private func conditions() throws(MetaxyError) -> [(name: String, condition: String)] {
    let columns = try connection.columnTypes(of: table.number)
    return text.columns.compactMap { column in
      guard let old = columns.first(where: { $0.name == column.name }), meter.isOriginal(old.number, of: table.number)
      else { return nil }
      let conversion = PostgreSQLConversion(
        of: SQLText.identifier(column.name), from: .raw(old.type), to: .raw(column.type), oldValues: nil, values: nil)
      return conversion.change(using: column.using, type: column.type).map { (column.name, $0) }
    }
  }
}

extension PostgreSQLMigrationConnection {
  /// The columns of a table that are not computed, with their numbers and types.
  func columnTypes(of table: Int64) throws(MetaxyError) -> [(number: Int64, name: String, type: String)] {
    try query(
      """
      SELECT a.attnum::bigint, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)
      FROM pg_catalog.pg_attribute AS a
      WHERE a.attrelid = \(table) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY 1
      """
    ).map { ($0[0].integer ?? 0, $0[1].text ?? "", $0[2].text ?? "") }
  }
}
