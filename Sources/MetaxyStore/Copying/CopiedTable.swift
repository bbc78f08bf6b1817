internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// The table of a feature in two stores.
struct CopiedTable: Sendable {
  let source: RowLayout
  let target: RowLayout
  let version: VersionChoice
  /// The columns that are copied: all but those that the database computes.
  let columns: [CopiedColumn]
  /// The positions of the ID columns among them.
  let idPositions: [Int]
  let sourceDatabase: any RowDatabase

  /// - Throws: `type_not_registered`; `stores_differ` with the differences of the feature.
  init(
    _ type: any Feature.Type, from source: MetadataStore, to target: MetadataStore, _ version: VersionChoice
  ) throws(MetaxyError) {
    self.source = try source.layout(of: type)
    self.target = try target.layout(of: type)
    self.version = version
    sourceDatabase = source.database
    let differences = Self.differences(self.source.feature, self.target.feature, version)
    guard differences.isEmpty else { throw .storesDiffer(self.target.feature.key, differences) }
    columns = CopiedColumn.all(from: self.source, to: self.target)
    let names = columns.map(\.name)
    idPositions = self.target.feature.idColumns.compactMap { id in
      names.firstIndex { ScalarString($0) == ScalarString(id) }
    }
  }

  private static func differences(
    _ source: RegisteredFeature, _ target: RegisteredFeature, _ version: VersionChoice
  ) -> [String] {
    var differences: [String] = []
    if version == .current, source.featureVersion != target.featureVersion {
      differences.append(
        "its version is `\(source.featureVersion)` in the source and `\(target.featureVersion)` in the destination")
    }
    for column in source.columns {
      guard let other = target.columns.first(where: { ScalarString($0.name) == ScalarString(column.name) }) else {
        differences.append("the destination has no column `\(column.name)`")
        continue
      }
      if column.type != other.type || column.isGenerated != other.isGenerated {
        differences.append("the column `\(column.name)` is of another type in the destination")
      }
    }
    for column in target.columns
    where !source.columns.contains(where: { ScalarString($0.name) == ScalarString(column.name) }) {
      differences.append("the source has no column `\(column.name)`")
    }
    if source.idColumns != target.idColumns { differences.append("its ID columns are others in the destination") }
    return differences
  }

  /// Returns the ID columns of a copied row, for messages.
  func displayID(_ row: [SQLValue]) -> String { target.displayID(idPositions.map { row[$0] }) }

  /// Requires that the newest row of each sample is the same in the destination.
  ///
  /// Where no column orders rows, SQLite's row ids do, and PostgreSQL has nothing that does.
  func requireKeptOrder(of rows: some CopiedSource, _ connection: any RowConnection) throws(MetaxyError) {
    guard let several = rows.several, source.dialect != target.dialect else { return }
    throw .orderNotCopied(target.feature.key, sample: source.displayID(several))
  }
}

/// Rows of a source, one by one: the values of the copied columns.
protocol CopiedSource: AnyObject {
  /// The number of rows of other versions of the feature.
  var ofOtherVersions: Int { get }
  /// The ID columns of a sample with several rows that no column orders; nil if there is none.
  var several: [SQLValue]? { get }
  /// Reads the next row into `row`; returns false after the last one.
  func next(into row: inout [SQLValue]) throws(MetaxyError) -> Bool
}

/// The rows of a query that is running.
final class OpenRows: CopiedSource {
  let ofOtherVersions: Int
  let several: [SQLValue]?
  private let cursor: any RowCursor

  init(_ table: CopiedTable, _ connection: any RowConnection) throws(MetaxyError) {
    let layout = table.source
    let name = SQLText.identifier(layout.table)
    let version = SQLText.identifier(layout.generation.featureVersionColumn)
    let chosen = table.version.text(layout).map { [SQLValue.text($0)] } ?? []
    let place = table.sourceDatabase.placeholder(1)
    let condition = chosen.isEmpty ? "" : " WHERE \(version) = \(place)"
    ofOtherVersions =
      chosen.isEmpty
      ? 0
      : Int(
        try connection.query(
          "SELECT count(*) FROM \(name) WHERE \(version) <> \(place) OR \(version) IS NULL", chosen
        ).first?.first?.integer ?? 0)
    let isOrdered = layout.generation == .release01 || layout.feature.order != nil
    var order = ""
    if isOrdered || layout.dialect == table.target.dialect {
      several = nil
    } else {
      let ids = SQLText.identifiers(layout.feature.idColumns)
      several = try connection.query(
        "SELECT \(ids) FROM \(name)\(condition) GROUP BY \(ids), \(version) HAVING count(*) > 1 ORDER BY \(ids) LIMIT 1",
        chosen
      ).first
    }
    // The destination numbers the rows in the order in which they come.
    if case .insertion(let number) = try NewestOrder(of: layout, connection) { order = " ORDER BY \(number)" }
    let columns = SQLText.identifiers(table.columns.map(\.name))
    cursor = try connection.cursor("SELECT \(columns) FROM \(name)\(condition)\(order)", chosen, partSize: 1024)
  }

  func next(into row: inout [SQLValue]) throws(MetaxyError) -> Bool { try cursor.next(into: &row) }
}

/// Rows in memory: those of a database that only its own store reads.
final class HeldRows: CopiedSource, Sendable {
  let ofOtherVersions: Int
  let several: [SQLValue]?
  private let rows: [[SQLValue]]
  private let position = Position()

  /// Only the task that copies counts.
  private final class Position: @unchecked Sendable { var next = 0 }

  init(_ source: OpenRows) throws {
    (ofOtherVersions, several) = (source.ofOtherVersions, source.several)
    var (rows, row): ([[SQLValue]], [SQLValue]) = ([], [])
    while try source.next(into: &row) {
      rows.append(row)
      if rows.count.isMultiple(of: 1024) { try Task.checkCancellation() }
    }
    self.rows = rows
  }

  func next(into row: inout [SQLValue]) -> Bool {
    guard position.next < rows.count else { return false }
    row = rows[position.next]
    position.next += 1
    return true
  }
}
