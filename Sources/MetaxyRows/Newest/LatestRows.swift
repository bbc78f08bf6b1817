internal import MetaxyConfiguration
internal import MetaxyNames

/// The latest row of each sample since Metaxy 0.1, without those that are deleted.
///
/// The latest row is that with the greatest time of deletion or, without one, of update. So a deletion hides an earlier
/// row, and a later row hides the deletion. The time of creation does not count.
package struct LatestRows {
  private let table: SampleTable

  package init(_ table: SampleTable) { self.table = table }

  /// Returns the query of the rows.
  ///
  /// - Parameter version: the placeholder of the feature version; nil for the latest row over all versions.
  /// - Returns: the query.
  package func text(ofVersion version: String?) -> String {
    let ids = SQLText.identifiers(table.idColumns)
    let condition = version.map { " WHERE \(column(.featureVersion)) = \($0)" } ?? ""
    return """
      SELECT * FROM (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY \(ids) ORDER BY \(time) DESC NULLS LAST) AS \(Self.place)
        FROM \(SQLText.identifier(table.name))\(condition)) AS ranked
      WHERE \(Self.place) = 1 AND \(column(.deletedAt)) IS NULL
      """
  }

  /// All rows, without those that mark a deletion.
  package var history: String {
    "SELECT * FROM \(SQLText.identifier(table.name)) WHERE \(column(.deletedAt)) IS NULL"
  }

  /// SQLite keeps the text that a program wrote, with a blank or a `T` between date and time.
  private var time: String {
    let time = "coalesce(\(column(.deletedAt)), \(column(.updatedAt)))"
    return table.dialect == .sqlite ? "replace(\(time), 'T', ' ')" : time
  }

  private func column(_ column: SystemColumn01) -> String { SQLText.identifier(column.rawValue) }

  /// No column of a user: users may have all names without `metaxy_`.
  private static let place = SQLText.identifier("metaxy_place_of_row")
}
