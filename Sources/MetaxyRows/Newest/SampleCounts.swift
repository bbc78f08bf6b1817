internal import MetaxyConfiguration
internal import MetaxyNames

/// The query for the numbers of rows and samples in a table, one row for each feature version: the version, its samples, its
/// rows, and the time of the latest write, NULL where the generation does not record it.
package struct SampleCounts {
  private let table: SampleTable

  package init(_ table: SampleTable) { self.table = table }

  package var text: String {
    let version = SQLText.identifier(table.generation.featureVersionColumn)
    let ids = SQLText.identifiers(table.idColumns)
    let (columns, counted, latest) = measures
    return """
      SELECT \(version), \(counted), sum(copies), \(latest) FROM (
        SELECT \(version), count(*) AS copies\(columns) FROM \(SQLText.identifier(table.name)) GROUP BY \(version), \(ids)
      ) AS samples GROUP BY \(version) ORDER BY \(version) NULLS FIRST
      """
  }

  /// What is computed for each sample, and its sums for each version.
  private var measures: (columns: String, samples: String, latest: String) {
    guard table.generation == .release01 else { return ("", "count(*)", "NULL") }
    let deleted = SQLText.identifier(SystemColumn01.deletedAt.rawValue)
    let updated = time(SQLText.identifier(SystemColumn01.updatedAt.rawValue))
    // A sample is deleted if no row is later than its last deletion, as in ``LatestRows``.
    return (
      """
      , max(CASE WHEN \(deleted) IS NULL THEN \(updated) END) AS written, max(\(time(deleted))) AS deleted
      """, "sum(CASE WHEN deleted IS NULL OR written > deleted THEN 1 ELSE 0 END)",
      """
      max(CASE WHEN deleted IS NULL OR written > deleted THEN written ELSE deleted END)
      """
    )
  }

  /// SQLite keeps the text that a program wrote, with a blank or a `T` between date and time.
  private func time(_ column: String) -> String {
    table.dialect == .sqlite ? "replace(\(column), 'T', ' ')" : column
  }
}
