internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// The query for the rows of a dependency since Metaxy 0.1: the latest ones of the current version that meet its conditions.
struct DependencyRows {
  let parent: RowLayout
  let dependency: RegisteredDependency
  /// The feature that depends on them.
  let child: FeatureKey
  let database: any RowDatabase

  /// The columns of grouped rows, by names that no column of a feature has.
  static var hashes: String { SQLText.identifier("metaxy-hashes") }
  static var provenance: String { SQLText.identifier("metaxy-provenance") }

  /// The columns of an answer: the data version by field, the provenance, the number of rows that are equally new, and the
  /// columns by which rows are found.
  private var columns: [String] {
    let hashes = [SystemColumn01.dataVersionByField.rawValue, SystemColumn01.provenance.rawValue].map {
      SQLText.identifier($0)
    }
    return hashes + [NewestRows.copies] + dependency.upstreamColumns.map { SQLText.identifier($0) }
  }

  /// Returns the query, whose rows are those of groups in the order of the ID columns.
  ///
  /// - Parameters:
  ///   - query: takes the parameters.
  ///   - ids: the values of the columns by which rows are found; nil for all.
  ///   - connection: the connection.
  /// - Returns: the query.
  /// - Throws: `feature_not_served` for a condition outside Metaxy's language.
  func text(
    _ query: inout SampleQuery, samples ids: [RowID]? = nil, _ connection: any RowConnection
  ) throws(MetaxyError) -> String {
    let live = try live(connection)
    let rows = try latest(&query, ids, live, connection)
    let order = dependency.isAggregated ? "\nORDER BY \(order(live))" : ""
    return "SELECT \(columns.joined(separator: ", ")) FROM (\(rows)) AS found\(order)"
  }

  /// Returns the query of a row for each value of the columns by which rows are found: ``hashes``, ``provenance`` and the number
  /// of rows that are equally new, beside these columns.
  ///
  /// Of several rows the hashes are a JSON list, with the place of each row and its two values.
  func grouped(_ query: inout SampleQuery, _ connection: any RowConnection) throws(MetaxyError) -> String {
    let live = try live(connection)
    let rows = try latest(&query, nil, live, connection)
    let names = dependency.upstreamColumns.map { SQLText.identifier($0) }.joined(separator: ", ")
    let (hashes, provenance) = (columns[0], columns[1])
    guard findsSeveral else {
      // A row without hashes is not the same as no row.
      return """
        SELECT \(names), coalesce(CAST(\(hashes) AS TEXT), 'null') AS \(Self.hashes),
          \(provenance) AS \(Self.provenance), \(NewestRows.copies) FROM (\(rows)) AS found
        """
    }
    let place = SQLText.identifier("metaxy-order")
    let values = "\(place), CAST(\(hashes) AS TEXT), \(provenance)"
    let list =
      switch parent.dialect {
      case .sqlite: "json_group_array(json_array(\(values)))"
      case .postgresql: "CAST(json_agg(json_build_array(\(values))) AS TEXT)"
      }
    return """
      SELECT \(names), \(list) AS \(Self.hashes), CAST(NULL AS TEXT) AS \(Self.provenance),
        max(\(NewestRows.copies)) AS \(NewestRows.copies)
      FROM (
        SELECT *, row_number() OVER (PARTITION BY \(names) ORDER BY \(order(live))) AS \(place) FROM (\(rows)) AS found
      ) AS placed GROUP BY \(names)
      """
  }

  /// Whether several rows of the parent can have the same values in the columns by which they are found.
  var findsSeveral: Bool {
    dependency.isAggregated || !parent.feature.idColumns.allSatisfy(dependency.upstreamColumns.containsExactly)
  }

  /// The columns of the parent's table, where the query needs more than their names.
  private func live(_ connection: any RowConnection) throws(MetaxyError) -> [StoredColumn] {
    guard findsSeveral || !dependency.filters.isEmpty else { return [] }
    return try connection.columns(of: parent.table) ?? []
  }

  private func latest(
    _ query: inout SampleQuery, _ ids: [RowID]?, _ live: [StoredColumn], _ connection: any RowConnection
  ) throws(MetaxyError) -> String {
    let names = dependency.upstreamColumns
    var terms = ["r.\(SQLText.identifier(parent.generation.featureVersionColumn)) = "]
    terms[0] += query.place(.text(parent.feature.featureVersion))
    var conditions: [String] = []
    if let ids {
      // All rows of a sample have the same ID columns, and not the same others.
      let isOnIDs = names.allSatisfy(parent.feature.idColumns.containsExactly)
      let samples = query.condition(ids, names.map { (isOnIDs ? "r." : "") + SQLText.identifier($0) })
      if isOnIDs { terms.append(samples) } else { conditions.append(samples) }
    }
    conditions += try filters(live)
    var columns = [SystemColumn01.dataVersionByField.rawValue, SystemColumn01.provenance.rawValue]
    for name in names + parent.feature.idColumns + live.map(\.name) where !columns.containsExactly(name) {
      columns.append(name)
    }
    let newest = NewestRows(layout: parent, order: try NewestOrder(of: parent, connection), columns: columns)
    guard !conditions.isEmpty else { return newest.text(where: terms) }
    return "SELECT * FROM (\(newest.text(where: terms))) AS latest WHERE \(conditions.joined(separator: " AND "))"
  }

  /// The order in which the values of a group are joined: by the ID columns, texts by their code points.
  private func order(_ live: [StoredColumn]) -> String {
    parent.feature.idColumns.map { id in
      let column = live.first { ScalarString($0.name) == ScalarString(id) }
      return SQLText.identifier(id) + (column.map(collation(of:)) ?? "")
    }.joined(separator: ", ")
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
        throw .filterRefused(child, dependency.feature, text, error.reason)
      }
    }
    return conditions
  }
}
