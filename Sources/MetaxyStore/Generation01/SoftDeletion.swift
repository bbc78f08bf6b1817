internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyTime

/// Marks samples as deleted: appends copies of their latest rows, with the time of the deletion.
///
/// ```sql
/// INSERT INTO "video" (…, "metaxy_deleted_at", "id") SELECT …, CAST($2 AS TIMESTAMP WITH TIME ZONE), found."id" FROM (…) AS found
/// ```
struct SoftDeletion {
  private let layout: RowLayout
  private let database: any RowDatabase
  private let projectVersion: String
  private let now = Timestamp()

  /// - Throws: `unsupported_generation` for rows without a time of deletion.
  init(_ layout: RowLayout, _ store: MetadataStore) throws(MetaxyError) {
    guard layout.generation == .release01 else { throw .noSoftDeletion(layout.feature.key) }
    self.layout = layout
    database = store.database
    projectVersion = store.registry.snapshotVersion
  }

  /// Marks the samples of some latest rows.
  ///
  /// - Parameters:
  ///   - rows: the query for the rows, with all columns that are read.
  ///   - parameters: its parameters.
  ///   - connection: a connection in a transaction.
  /// - Returns: the number of samples.
  /// - Throws: `row_refused` for a row with a later time than the present, which the deletion would not hide, and for copies
  ///   that the database refuses.
  func mark(
    _ rows: String, _ parameters: [SQLValue], _ connection: any RowConnection
  ) throws(MetaxyError) -> Int {
    try requireEarlier(rows, parameters, connection)
    var parameters = parameters
    func place(_ value: SQLValue) -> String {
      parameters.append(value)
      return database.placeholder(parameters.count)
    }
    let values = layout.writtenColumns.map { name in
      switch SystemColumn01(rawValue: name) {
      case .deletedAt: time(place(stored))
      case .projectVersion: "CAST(\(place(.text(projectVersion))) AS VARCHAR)"
      case .materializationID: "NULL"
      default: "found.\(SQLText.identifier(name))"
      }
    }
    let sql = """
      INSERT INTO \(SQLText.identifier(layout.table)) (\(SQLText.identifiers(layout.writtenColumns)))
      SELECT \(values.joined(separator: ", ")) FROM (\(rows)) AS found
      """
    do {
      return try connection.changedRows(by: sql, parameters, layout.dialect)
    } catch {
      guard error.code != .interrupted else { throw error }
      throw .marksRefused(layout.feature.key, cause: error)
    }
  }

  private func requireEarlier(
    _ rows: String, _ parameters: [SQLValue], _ connection: any RowConnection
  ) throws(MetaxyError) {
    let updatedAt = "found.\(SQLText.identifier(SystemColumn01.updatedAt.rawValue))"
    let compared = layout.dialect == .sqlite ? "replace(\(updatedAt), 'T', ' ')" : updatedAt
    let ids = layout.feature.idColumns.map { "found.\(SQLText.identifier($0))" }.joined(separator: ", ")
    let later = try connection.query(
      """
      SELECT \(ids), \(updatedAt) FROM (\(rows)) AS found
      WHERE \(compared) >= \(time(database.placeholder(parameters.count + 1))) LIMIT 1
      """, parameters + [stored])
    guard let row = later.first else { return }
    throw .rowRefused(
      layout.feature.key, row: nil, id: layout.displayID(Array(row.dropLast())),
      column: SystemColumn01.updatedAt.rawValue,
      "\(row.last?.displayText ?? "") is not earlier than now, \(now.text) in UTC, so that a deletion would not hide the row",
      hints: ["delete the sample without `.soft`, or later"])
  }

  private var stored: SQLValue { .text(layout.dialect == .sqlite ? now.text : now.text + "+00") }

  /// The server infers no type of a parameter that is compared with nothing, or selected.
  private func time(_ place: String) -> String {
    layout.dialect == .sqlite ? place : "CAST(\(place) AS TIMESTAMP WITH TIME ZONE)"
  }
}
