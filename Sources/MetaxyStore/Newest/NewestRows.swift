internal import MetaxyFeatures
internal import MetaxyNames

/// The query for the newest row of each sample in a table.
///
/// ```sql
/// SELECT * FROM (
///   SELECT r."path", …, rank() OVER w AS "metaxy-place", count(*) OVER w AS "metaxy-copies"
///   FROM "video" AS r WHERE r."feature_version" = $1
///   WINDOW w AS (PARTITION BY r."sample_id", r."feature_version" ORDER BY r."ingested_at" DESC NULLS LAST)
/// ) AS ranked WHERE "metaxy-place" = 1
/// ```
///
/// Rows that are equally new are all in its answer, each with their number in `"metaxy-copies"`: the caller decides
/// whether that is an error. The window sorts once, whether the table has an index or not.
struct NewestRows {
  let layout: RowLayout
  let order: NewestOrder
  /// The columns of the answer.
  let columns: [String]

  /// The alias of the table within the query.
  static var alias: String { "r" }
  /// The column that contains the number of equally new rows.
  static var copies: String { SQLText.identifier("metaxy-copies") }

  /// Returns the query.
  ///
  /// - Parameter terms: conditions on the rows among which the newest are found, with ``alias``.
  func text(where terms: [String]) -> String {
    let partition = layout.feature.idColumns + [SystemColumn.featureVersion.rawValue]
    let place = SQLText.identifier("metaxy-place")
    var window = "PARTITION BY " + partition.map(name).joined(separator: ", ")
    let marks: String
    switch order {
    case .column(let column):
      // PostgreSQL sorts NULL first in a descending order. https://www.postgresql.org/docs/current/queries-order.html
      window += " ORDER BY \(name(column)) DESC NULLS LAST"
      marks = "rank() OVER w AS \(place), count(*) OVER w AS \(Self.copies)"
    case .insertion(let number):
      // 1 where no row follows. The index on ID columns and version has this order, so SQLite need not sort.
      window += " ORDER BY \(Self.alias).\(number)"
      marks = "lead(0, 1, 1) OVER w AS \(place)"
    case .none: marks = "1 AS \(place), count(*) OVER w AS \(Self.copies)"
    }
    let condition = terms.isEmpty ? "" : " WHERE " + terms.joined(separator: " AND ")
    return """
      SELECT * FROM (SELECT \(columns.map(name).joined(separator: ", ")), \(marks)
      FROM \(SQLText.identifier(layout.table)) AS \(Self.alias)\(condition) WINDOW w AS (\(window))) AS ranked
      WHERE \(place) = 1
      """
  }

  private func name(_ column: String) -> String { "\(Self.alias).\(SQLText.identifier(column))" }
}
