internal import MetaxyNames

/// The query for the numbers of rows and samples in a table, one row for each feature version: the version, its samples, its
/// rows, the rows that mark a deletion, and the time of the latest write, NULL where the generation does not record it.
///
/// A sample whose newest row marks a deletion is none. A deletion is a write.
package struct SampleCounts {
  private let table: SampleTable

  package init(_ table: SampleTable) { self.table = table }

  package var text: String {
    let version = "r.\(SQLText.identifier(table.generation.featureVersionColumn))"
    let ids = table.idColumns.map { "r.\(SQLText.identifier($0))" }.joined(separator: ", ")
    var (marks, write, isLive) = ("0", "NULL", "1 = 1")
    var times = ""
    if table.generation == .release01 {
      let deletedAt = "r.\(SQLText.identifier(SystemColumn01.deletedAt.rawValue))"
      let time = table.time(of: "r")
      times = """
        , count(\(deletedAt)) AS marks, max(\(time)) AS latest,
          max(CASE WHEN \(deletedAt) IS NULL THEN \(time) END) AS updated,
          max(CASE WHEN \(deletedAt) IS NOT NULL THEN \(time) END) AS deleted
        """
      (marks, write) = ("sum(marks)", "max(latest)")
      isLive = "copies > marks AND (deleted IS NULL OR updated > deleted)"
    }
    return """
      SELECT version, sum(CASE WHEN \(isLive) THEN 1 ELSE 0 END), sum(copies), \(marks), \(write) FROM (
        SELECT \(version) AS version, count(*) AS copies\(times)
        FROM \(SQLText.identifier(table.name)) AS r GROUP BY \(version), \(ids)
      ) AS samples GROUP BY version ORDER BY version NULLS FIRST
      """
  }
}
