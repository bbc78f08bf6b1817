internal import MetaxyConfiguration
internal import MetaxyNames

/// The query for the newest row of each sample in a table.
///
/// ```sql
/// SELECT * FROM (
///   SELECT r."path", …, rank() OVER w AS "metaxy-place", count(*) OVER w AS "metaxy-copies"
///   FROM "video" AS r WHERE r."feature_version" = $1
///   WINDOW w AS (PARTITION BY r."sample_id", r."feature_version" ORDER BY r."ingested_at" DESC NULLS LAST)
/// ) AS ranked WHERE "metaxy-place" <= 1
/// ```
///
/// Without an order column it counts the rows of each sample instead, which takes a fraction of the time of a window:
///
/// ```sql
/// SELECT r."path", …, coalesce(several.copies, 1) AS "metaxy-copies" FROM "video" AS r LEFT JOIN (
///   SELECT r."sample_id" AS k0, …, count(*) AS copies FROM "video" AS r WHERE … GROUP BY … HAVING count(*) > 1
/// ) AS several ON several.k0 = r."sample_id" … WHERE r."feature_version" = $1
/// ```
///
/// Since Metaxy 0.1 the order is that of the times, over all versions that the conditions leave, and a sample whose newest row marks
/// a deletion has none:
///
/// ```sql
/// … WINDOW w AS (PARTITION BY r."sample_id" ORDER BY coalesce(r."metaxy_deleted_at", r."metaxy_updated_at") DESC NULLS LAST)
/// ) AS ranked WHERE "metaxy-place" <= 1 AND "metaxy-deleted" IS NULL
/// ```
///
/// Rows that are equally new are all in its answer, each with their number in `"metaxy-copies"`: the caller decides
/// whether that is an error.
package struct NewestRows {
  private let table: SampleTable
  private let order: NewestOrder
  /// The columns of the answer.
  private let columns: [String]

  package init(table: SampleTable, order: NewestOrder, columns: [String]) {
    self.table = table
    self.order = order
    self.columns = columns
  }

  /// The alias of the table within the query.
  package static var alias: String { "r" }
  /// The column that contains the number of equally new rows.
  package static var copies: String { SQLText.identifier("metaxy-copies") }

  /// Returns the query of the rows.
  ///
  /// - Parameter terms: conditions on the rows among which the newest are found, with ``alias``.
  /// - Returns: the query.
  package func text(where terms: [String]) -> String {
    switch order {
    case .column(let column):
      return ranked(
        by: name(column), in: table.idColumns + [table.generation.featureVersionColumn], terms)
    case .times:
      let deleted = SQLText.identifier("metaxy-deleted")
      return ranked(
        by: table.time(of: Self.alias), in: table.idColumns, terms,
        with: "\(name(SystemColumn01.deletedAt.rawValue)) AS \(deleted)", where: "\(deleted) IS NULL")
    case .insertion(let number):
      // The greatest number is in one row.
      let number = "\(Self.alias).\(number)"
      return joined(
        "", "max(\(number)) AS latest", terms, and: ["(several.latest IS NULL OR \(number) = several.latest)"])
    case .unique: return "SELECT \(list(columns)) FROM \(source)\(clause(terms))"
    case .none: return joined(", coalesce(several.copies, 1) AS \(Self.copies)", "count(*) AS copies", terms)
    }
  }

  private func ranked(
    by order: String, in partition: [String], _ terms: [String], with extra: String? = nil,
    where condition: String? = nil
  ) -> String {
    // By `<=` PostgreSQL ends a window early, and expects a row of each sample; by `=` it expects a two-hundredth of them.
    let place = SQLText.identifier("metaxy-place")
    // PostgreSQL sorts NULL first in a descending order. https://www.postgresql.org/docs/current/queries-order.html
    let window = "PARTITION BY \(list(partition)) ORDER BY \(order) DESC NULLS LAST"
    let extra = extra.map { ", \($0)" } ?? ""
    return """
      SELECT * FROM (SELECT \(list(columns))\(extra), rank() OVER w AS \(place), count(*) OVER w AS \(Self.copies)
        FROM \(source)\(clause(terms)) WINDOW w AS (\(window))) AS ranked
      \(clause(["\(place) <= 1"] + (condition.map { [$0] } ?? [])))
      """
  }

  /// Returns the query that joins the rows with the samples that have several of them.
  private func joined(_ column: String, _ aggregate: String, _ terms: [String], and more: [String] = []) -> String {
    // A row without a version has an empty one here: a comparison of NULL could not be hashed.
    let keys =
      table.idColumns.map(name) + ["coalesce(\(name(SystemColumn.featureVersion.rawValue)), '')"]
    let named = keys.enumerated().map { "\($1) AS k\($0)" }.joined(separator: ", ")
    let match = keys.enumerated().map { "several.k\($0) = \($1)" }.joined(separator: " AND ")
    return """
      SELECT \(list(columns))\(column) FROM \(source) LEFT JOIN (
        SELECT \(named), \(aggregate) FROM \(source)\(clause(terms))
        GROUP BY \(keys.joined(separator: ", ")) HAVING count(*) > 1
      ) AS several ON \(match)\(clause(terms + more))
      """
  }

  private func clause(_ terms: [String]) -> String {
    terms.isEmpty ? "" : " WHERE " + terms.joined(separator: " AND ")
  }

  private func list(_ columns: [String]) -> String { columns.map(name).joined(separator: ", ") }
  private var source: String { "\(SQLText.identifier(table.name)) AS \(Self.alias)" }
  private func name(_ column: String) -> String { "\(Self.alias).\(SQLText.identifier(column))" }
}
