internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime

/// Checksums of the columns of a table, from before a statement that writes its rows to another file: a function or a `DO`
/// block can convert columns, and none of the server's counts shows that.
struct PostgreSQLTableValues {
  private let meter: PostgreSQLLossMeter
  private let table: Int64
  private let columns: [(number: Int64, name: String, type: String)]
  private let sums: [String?]

  init(of table: Int64, meter: PostgreSQLLossMeter) throws(MetaxyError) {
    self.meter = meter
    self.table = table
    columns = try meter.connection.columnTypes(of: table).filter { meter.isOriginal($0.number, of: table) }
    sums = try Self.sums(of: columns.map { "\(SQLText.identifier($0.name))::text" }, table, meter.connection)
  }

  /// Returns the columns whose values are others now; values that were converted are compared with what comes back.
  func losses() throws(MetaxyError) -> [MeasuredLoss] {
    let now = try meter.connection.columnTypes(of: table)
    let kept = zip(columns, sums).compactMap { column, sum in
      now.first { $0.number == column.number }.map { (old: column, new: $0, sum: sum) }
    }
    let texts = kept.map { column in
      let name = SQLText.identifier(column.new.name)
      guard column.old.type != column.new.type else { return "\(name)::text" }
      return PostgreSQLConversion(
        of: name, from: .raw(column.old.type), to: .raw(column.new.type), oldValues: nil, values: nil
      ).formerText
    }
    let later = try Self.sums(of: texts, table, meter.connection)
    return zip(kept, later).compactMap { column, sum in
      guard column.sum != sum, let name = meter.names[table] else { return nil }
      return MeasuredLoss(.values(column.old.name), name, count: nil)
    }
  }

  /// Sums do not depend on the order of rows. https://www.postgresql.org/docs/current/functions-binarystring.html
  private static func sums(
    of texts: [String], _ table: Int64, _ connection: PostgreSQLMigrationConnection
  ) throws(MetaxyError) -> [String?] {
    guard !texts.isEmpty else { return [] }
    let name = try connection.query("SELECT \(table)::oid::regclass::text")[0][0].text ?? ""
    let sums = texts.map { "sum(pg_catalog.hashtextextended(\($0), 0)::numeric)::text" }.joined(separator: ", ")
    return try connection.query("SELECT \(sums) FROM ONLY \(name)")[0].map(\.text)
  }
}
