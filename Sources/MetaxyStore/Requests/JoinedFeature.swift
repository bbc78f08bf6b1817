internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures

/// A feature of a join, with the rows that are taken of it.
struct JoinedFeature: Sendable {
  let type: any Feature.Type
  var selection: RowSelection
  /// Whether the other rows stay where it has none.
  let isOptional: Bool
  /// Whether a limit of its own was given, which a join cannot keep.
  var isLimited = false
}

/// A feature of a join in one query.
struct JoinedTable {
  let layout: RowLayout
  let alias: String
  let isOptional: Bool
  /// The position of its first column in a row of the query.
  let start: Int
  /// The columns that its rows are found by; none for the first table.
  var columns: [String] = []

  /// The position in a row of the query of a value that is NULL only where there is no row of the table; nil if every row of
  /// the query has one.
  var presence: Int? {
    // Rows are found by equal values, so none of these is NULL in a row that was found.
    guard isOptional, let first = columns.first, let position = layout.position(ofColumn: first) else { return nil }
    return start + layout.systemColumns.count + position
  }
}

extension [JoinedTable] {
  /// Returns how the rows of another feature are found: by the ID columns that it shares with one of the tables.
  ///
  /// With the table with which it has the most of them in common; among these one that no row lacks, then the first.
  func match(for layout: RowLayout) throws(MetaxyError) -> (table: JoinedTable, columns: [String]) {
    var best: (table: JoinedTable, columns: [String])?
    for table in self {
      guard let columns = Self.shared(table.layout, layout) else { continue }
      if let best, best.columns.count > columns.count { continue }
      if let best, best.columns.count == columns.count, !best.table.isOptional || table.isOptional { continue }
      best = (table, columns)
    }
    guard let best else { throw .cannotJoin(self[0].layout.feature.key, layout.feature.key) }
    return best
  }

  /// Returns the ID columns of one of two features, if the other has all of them.
  private static func shared(_ left: RowLayout, _ right: RowLayout) -> [String]? {
    [(right, left), (left, right)].lazy.map { one, other in (one.feature.idColumns, other) }
      .first { ids, other in ids.allSatisfy { other.position(ofColumn: $0) != nil } }?.0
  }

  /// Returns the table of a type; the first, if it is joined with itself.
  func table(of type: any Feature.Type) throws(MetaxyError) -> Int {
    let key = type.feature.key
    guard let position = firstIndex(where: { $0.layout.feature.key == key }) else {
      throw .notJoined(key, with: self[0].layout.feature.key)
    }
    return position
  }
}
