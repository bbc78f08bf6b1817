internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// Finds the rows of one dependency for a batch of rows in one query, since Metaxy 0.1.
struct DependencyLookup {
  /// The child's columns that find the rows, in the order of the dependency's columns.
  private let columns: ParentColumns
  private let rows: DependencyRows
  private let reader: DependencyReader
  private let database: any RowDatabase
  var parent: RowLayout { rows.parent }

  init(
    _ parent: RowLayout, _ dependency: RegisteredDependency, of child: RowLayout, members: [String],
    _ hashing: RowHashing, _ database: any RowDatabase
  ) throws(MetaxyError) {
    columns = try ParentColumns(
      dependency.columns, named: dependency.upstreamColumns, of: child, to: parent.feature)
    rows = DependencyRows(parent: parent, dependency: dependency, child: child.feature.key, database: database)
    reader = DependencyReader(dependency: dependency, members: members, hashing: hashing)
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

  private func find(
    _ ids: Set<RowID>, _ connection: any RowConnection
  ) throws(MetaxyError) -> [RowID: [DependencyRow]] {
    var query = SampleQuery(rows.parent.dialect, database)
    let sql = try rows.text(&query, samples: Array(ids), connection)
    let cursor = try connection.cursor(sql, query.parameters, partSize: nil)
    var found: [RowID: [DependencyRow]] = [:]
    var row: [SQLValue] = []
    while try cursor.next(into: &row) {
      let id = columns.normalised(RowID(Array(row[3...])))
      found[id, default: []].append(DependencyRow(row[0], provenance: row[1], copies: row[2].integer ?? 1))
    }
    return found
  }

  private func parent<Root: Feature>(
    of row: PendingRow<Root>, _ found: [DependencyRow]
  ) throws(MetaxyError) -> ProvenanceRecipe.Parent {
    let parent: ProvenanceRecipe.Parent
    do throws(UnusableRow) {
      parent = try reader.parent(found)
    } catch {
      throw columns.refusal(row, error.reason)
    }
    guard !rows.dependency.isOptional else { return parent }
    switch parent {
    case .group: return parent
    case .row(let hashes):
      guard let missing = reader.members.first(where: { hashes[$0] == nil }) else { return parent }
      throw columns.refusal(row, "has a row without a data version of the field `\(missing)`")
    case .none: break
    }
    throw columns.refusal(row, "has no row of its current version `\(rows.parent.feature.featureVersion)`")
  }
}
