internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// The query that compares the latest rows of a feature's dependencies with its own, since Metaxy 0.1.
///
/// As an ``UpdateQuery``, with two columns for each dependency, in the order of the recipe: the data version by field, which
/// is a list if several rows are found, and the provenance. Optional dependencies are joined by a left join; if there are
/// only such, a sample is in one of them.
struct RecordedUpdateQuery: ComparingQuery {
  private(set) var sql = ""
  private var query: SampleQuery
  private let family: RecordedFamily
  private let connection: any RowConnection
  var parameters: [SQLValue] { query.parameters }

  init(_ family: RecordedFamily, _ database: any RowDatabase, _ connection: any RowConnection) throws(MetaxyError) {
    self.family = family
    self.connection = connection
    query = SampleQuery(family.child.dialect, database)
    let positions = family.dependencies.indices
    sql = Self.comparison(
      expected: try expected(), stored: try stored(), keys: family.idColumns.count,
      versions: positions.map { "d\($0)" } + positions.map { "v\($0)" })
  }

  /// Returns the query for the rows of the dependencies: a row for each sample.
  private mutating func expected() throws(MetaxyError) -> String {
    var sources: [String] = []
    for rows in family.dependencies { sources.append(try rows.grouped(&query, connection)) }
    var places: [ScalarString: String] = [:]
    var tables = ""
    if family.isOptionalOnly {
      let keys = zip(family.dependencies, sources).map { rows, source in
        let names = family.idColumns.enumerated().map { "\(upstream($1, rows.dependency)) AS k\($0)" }
        return "SELECT \(names.joined(separator: ", ")) FROM (\(source)) AS found"
      }
      tables = "(\(keys.joined(separator: " UNION "))) AS keys"
      for (number, column) in family.idColumns.enumerated() { places[ScalarString(column)] = "keys.k\(number)" }
    }
    for position in family.joinOrder {
      let dependency = family.dependencies[position].dependency
      let shared = dependency.columns.compactMap { column in
        places[ScalarString(column)].map { "p\(position).\(upstream(column, dependency)) = \($0)" }
      }
      if !tables.isEmpty { tables += dependency.isOptional ? " LEFT JOIN " : " JOIN " }
      tables += "(\(sources[position])) AS p\(position)"
      if !shared.isEmpty { tables += " ON " + shared.joined(separator: " AND ") }
      for column in dependency.columns where places[ScalarString(column)] == nil {
        places[ScalarString(column)] = "p\(position).\(upstream(column, dependency))"
      }
    }
    return "SELECT \(columns(places).joined(separator: ", ")) FROM \(tables)"
  }

  private func columns(_ places: [ScalarString: String]) -> [String] {
    let positions = family.dependencies.indices
    let keys = family.idColumns.enumerated().map { "\(places[ScalarString($1)] ?? SQLText.identifier($1)) AS k\($0)" }
    let hashes = positions.map { "p\($0).\(DependencyRows.hashes) AS d\($0)" }
    let provenance = positions.map { "p\($0).\(DependencyRows.provenance) AS v\($0)" }
    let copies = positions.map { "coalesce(p\($0).\(NewestRows.copies), 1)" }
    return keys + hashes + provenance + ["\(copies.joined(separator: " * ")) AS copies"]
  }

  /// The name of a child's column in the table of a dependency.
  private func upstream(_ column: String, _ dependency: RegisteredDependency) -> String {
    let position = dependency.columns.firstIndex { ScalarString($0) == ScalarString(column) }
    return SQLText.identifier(position.map { dependency.upstreamColumns[$0] } ?? column)
  }

  /// Returns the query for the feature's own rows: a row for each sample.
  private mutating func stored() throws(MetaxyError) -> String {
    let child = family.child
    let provenance = SystemColumn01.provenance.rawValue
    let columns = family.idColumns + child.feature.idColumns.filter { !family.idColumns.containsExactly($0) }
    let rows = NewestRows(layout: child, order: try NewestOrder(of: child, connection), columns: [provenance] + columns)
    let version = "\(NewestRows.alias).\(SQLText.identifier(child.generation.featureVersionColumn))"
    let newest = rows.text(where: ["\(version) = \(query.place(.text(child.feature.featureVersion)))"])
    return Self.stored(
      newest, allowsTies: true, family.idColumns, SQLText.identifier(provenance), isOneToOne: family.isOneToOne,
      child.dialect)
  }
}
