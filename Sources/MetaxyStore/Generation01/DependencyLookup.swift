internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// Finds the rows of one dependency for a batch of rows in one query, since Metaxy 0.1.
struct DependencyLookup {
  let parent: RowLayout
  private let child: RowLayout
  private let dependency: RegisteredDependency
  /// The child's columns that find the rows, in the order of the dependency's columns.
  private let positions: [Int]
  /// The fields that are needed, by their member names.
  private let members: [String]
  private let hashing: RowHashing
  private let database: any RowDatabase

  init(
    _ parent: RowLayout, _ dependency: RegisteredDependency, of child: RowLayout, members: [String],
    _ hashing: RowHashing, _ database: any RowDatabase
  ) throws(MetaxyError) {
    var positions: [Int] = []
    for column in dependency.columns {
      guard let position = child.position(ofColumn: column) else {
        throw .parentFarther(child.feature.key, parent.feature, column: column)
      }
      positions.append(position)
    }
    self.parent = parent
    self.child = child
    self.dependency = dependency
    self.positions = positions
    self.members = members
    self.hashing = hashing
    self.database = database
  }

  /// Returns what each row finds.
  func parents<Root: Feature>(
    of rows: [PendingRow<Root>], _ connection: any RowConnection
  ) throws(MetaxyError) -> [ProvenanceRecipe.Parent] {
    let found = try find(Set(rows.map(id)), connection)
    var parents: [ProvenanceRecipe.Parent] = []
    for row in rows { parents.append(try parent(of: row, found[normalised(id(row))] ?? [])) }
    return parents
  }

  private enum Finding {
    case hashes(FieldHashes)
    case unusable(String)
  }

  private func find(_ ids: Set<RowID>, _ connection: any RowConnection) throws(MetaxyError) -> [RowID: [Finding]] {
    let query = try query(Array(ids), connection)
    let cursor = try connection.cursor(query.sql, query.parameters, partSize: nil)
    var found: [RowID: [Finding]] = [:]
    var row: [SQLValue] = []
    while try cursor.next(into: &row) {
      found[normalised(RowID(Array(row[2...]))), default: []].append(finding(row[0], provenance: row[1]))
    }
    return found
  }

  private func finding(_ value: SQLValue, provenance: SQLValue) -> Finding {
    let column = SystemColumn01.dataVersionByField.rawValue
    guard case .text(let text) = value, let hashes = FieldHashes(text) else {
      return .unusable("has a row whose `\(column)` is not a JSON object of texts: \(value.displayText)")
    }
    // Programs give data versions of any form; the one hash of the provenance is always of the store's algorithm.
    if let hash = provenance.text, hashing.algorithm.isForeign(hash, length: hashing.length, isExplicit: false) {
      let own = hashing.algorithm.rawValue
      return .unusable("has a row that was hashed by another algorithm than `\(own)`: its provenance is `\(hash)`")
    }
    return .hashes(hashes)
  }

  private func parent<Root: Feature>(
    of row: PendingRow<Root>, _ found: [Finding]
  ) throws(MetaxyError) -> ProvenanceRecipe.Parent {
    var rows: [FieldHashes] = []
    for finding in found {
      switch finding {
      case .hashes(let hashes): rows.append(hashes)
      case .unusable(let reason): throw refusal(row, reason)
      }
    }
    guard let first = rows.first else {
      guard dependency.isOptional else {
        throw refusal(row, "has no row of its current version `\(parent.feature.featureVersion)`")
      }
      return .none
    }
    guard !dependency.isAggregated else { return .group(rows) }
    guard rows.allSatisfy({ other in members.allSatisfy { first[$0] == other[$0] } }) else {
      throw refusal(row, "has several rows, and their data versions differ")
    }
    if !dependency.isOptional, let missing = members.first(where: { first[$0] == nil }) {
      throw refusal(row, "has a row without a data version of the field `\(missing)`")
    }
    return .row(first)
  }

  private func query(
    _ ids: [RowID], _ connection: any RowConnection
  ) throws(MetaxyError) -> (sql: String, parameters: [SQLValue]) {
    let columns = dependency.upstreamColumns.map { SQLText.identifier($0) }
    var parameters: [SQLValue] = [.text(parent.feature.featureVersion)]
    let tuples = ids.map { id in
      let places = id.values.map { value in
        parameters.append(value)
        return database.placeholder(parameters.count)
      }
      return columns.count == 1 ? places[0] : "(\(places.joined(separator: ", ")))"
    }
    // SQLite accepts lists of rows only as VALUES; PostgreSQL infers the types of parameters only in lists.
    // https://sqlite.org/rowvalue.html
    let list = columns.count > 1 && child.dialect == .sqlite ? "VALUES " : ""
    let key = columns.count == 1 ? columns[0] : "(\(columns.joined(separator: ", ")))"
    let hashes = SQLText.identifiers([
      SystemColumn01.dataVersionByField.rawValue, SystemColumn01.provenance.rawValue,
    ])
    let needsColumns = dependency.isAggregated || !dependency.filters.isEmpty
    let live = needsColumns ? try connection.columns(of: parent.table) ?? [] : []
    let filters = try filters(live).map { " AND \($0)" }.joined()
    return (
      """
      SELECT \(hashes), \(columns.joined(separator: ", "))
      FROM (\(LatestRows(parent).text(ofVersion: database.placeholder(1)))) AS latest
      WHERE \(key) IN (\(list)\(tuples.joined(separator: ", ")))\(filters)\(order(live))
      """, parameters
    )
  }

  /// The order in which the values of a group are joined: by the ID columns, texts by their code points.
  private func order(_ live: [StoredColumn]) -> String {
    guard dependency.isAggregated else { return "" }
    let terms = parent.feature.idColumns.map { id in
      let column = live.first { ScalarString($0.name) == ScalarString(id) }
      return SQLText.identifier(id) + (column.map(collation(of:)) ?? "")
    }
    return "\nORDER BY \(terms.joined(separator: ", "))"
  }

  /// Texts are ordered by their code points, which is SQLite's order, and not that of a server's locale.
  private func collation(of column: StoredColumn) -> String {
    var isText = database.typeName(of: column.type).lowercased() == "text"
    if case .string = column.type { isText = true }
    return isText && parent.dialect == .postgresql ? " COLLATE \"C\"" : ""
  }

  /// Returns the conditions of the dependency, which have the new names of the parent's columns.
  private func filters(_ live: [StoredColumn]) throws(MetaxyError) -> [String] {
    let renames = dependency.rename?.pairs ?? []
    var conditions: [String] = []
    for text in dependency.filters {
      do throws(RowFilter.Problem) {
        let filter = try RowFilter(text) { name in
          let former = renames.first { ScalarString($0.new) == ScalarString(name) }?.old
          // A name that another column got is not that of the column any more.
          guard former != nil || !renames.contains(where: { ScalarString($0.old) == ScalarString(name) }),
            let column = live.first(where: { ScalarString($0.name) == ScalarString(former ?? name) })
          else { return nil }
          return RowFilter.Column(sql: SQLText.identifier(column.name), collation: collation(of: column))
        }
        conditions.append(filter.sql)
      } catch {
        throw .filterRefused(child.feature.key, dependency.feature, text, error.reason)
      }
    }
    return conditions
  }

  private func id<Root: Feature>(_ row: PendingRow<Root>) -> RowID { RowID(positions.map { row.values[$0] }) }

  private func normalised(_ id: RowID) -> RowID {
    RowID(zip(positions, id.values).map { child.forms[$0].normalised($1) })
  }

  private func refusal<Root: Feature>(_ row: PendingRow<Root>, _ reason: String) -> MetaxyError {
    let id = zip(dependency.upstreamColumns, id(row).values).map { "`\($0)` \($1.displayText)" }
    return .rowRefused(
      child.feature.key, row: row.number, id: child.displayID(row.id.values),
      "its parent `\(parent.feature.key)` with \(id.joined(separator: ", ")) \(reason)")
  }
}
