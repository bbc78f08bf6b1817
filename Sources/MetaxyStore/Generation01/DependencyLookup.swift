internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// Finds the rows of one dependency for a batch of rows in one query, since Metaxy 0.1.
struct DependencyLookup {
  let parent: RowLayout
  private let dependency: RegisteredDependency
  /// The child's columns that find the rows, in the order of the dependency's columns.
  private let columns: ParentColumns
  /// The fields that are needed, by their member names.
  private let members: [String]
  private let hashing: RowHashing
  private let database: any RowDatabase

  init(
    _ parent: RowLayout, _ dependency: RegisteredDependency, of child: RowLayout, members: [String],
    _ hashing: RowHashing, _ database: any RowDatabase
  ) throws(MetaxyError) {
    columns = try ParentColumns(
      dependency.columns, named: dependency.upstreamColumns, of: child, to: parent.feature)
    self.parent = parent
    self.dependency = dependency
    self.members = members
    self.hashing = hashing
    self.database = database
  }

  /// Returns what each row finds.
  func parents<Root: Feature>(
    of rows: [PendingRow<Root>], _ connection: any RowConnection
  ) throws(MetaxyError) -> [ProvenanceRecipe.Parent] {
    let found = try find(Set(rows.map(columns.id)), connection)
    var parents: [ProvenanceRecipe.Parent] = []
    for row in rows { parents.append(try parent(of: row, found[columns.normalised(columns.id(row))] ?? [])) }
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
      found[columns.normalised(RowID(Array(row[2...]))), default: []].append(finding(row[0], provenance: row[1]))
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
      case .unusable(let reason): throw columns.refusal(row, reason)
      }
    }
    guard let first = rows.first else {
      guard dependency.isOptional else {
        throw columns.refusal(row, "has no row of its current version `\(parent.feature.featureVersion)`")
      }
      return .none
    }
    guard !dependency.isAggregated else { return .group(rows) }
    guard rows.allSatisfy({ other in members.allSatisfy { first[$0] == other[$0] } }) else {
      throw columns.refusal(row, "has several rows, and their data versions differ")
    }
    if !dependency.isOptional, let missing = members.first(where: { first[$0] == nil }) {
      throw columns.refusal(row, "has a row without a data version of the field `\(missing)`")
    }
    return .row(first)
  }

  private func query(
    _ ids: [RowID], _ connection: any RowConnection
  ) throws(MetaxyError) -> (sql: String, parameters: [SQLValue]) {
    let names = columns.names.map { SQLText.identifier($0) }
    var query = SampleQuery(parent.dialect, database)
    let version = query.place(.text(parent.feature.featureVersion))
    let samples = query.condition(ids, names)
    let hashes = SQLText.identifiers([
      SystemColumn01.dataVersionByField.rawValue, SystemColumn01.provenance.rawValue,
    ])
    let needsColumns = dependency.isAggregated || !dependency.filters.isEmpty
    let live = needsColumns ? try connection.columns(of: parent.table) ?? [] : []
    let filters = try filters(live).map { " AND \($0)" }.joined()
    return (
      """
      SELECT \(hashes), \(names.joined(separator: ", "))
      FROM (\(LatestRows(parent).text(ofVersion: version))) AS latest
      WHERE \(samples)\(filters)\(order(live))
      """, query.parameters
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
        throw .filterRefused(columns.child.feature.key, dependency.feature, text, error.reason)
      }
    }
    return conditions
  }
}
