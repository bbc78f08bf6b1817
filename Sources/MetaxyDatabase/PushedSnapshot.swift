package import MetaxyErrors
internal import MetaxyFeatures
package import MetaxyNames
internal import MetaxyTime

/// A recorded graph of a project, with its snapshot version.
package struct PushedSnapshot: Sendable, Hashable {
  package var version: String
  /// The time of its last row: UTC with microseconds, as ``Timestamp/text``.
  package var recordedAt: String

  package init(version: String, recordedAt: String) {
    self.version = version
    self.recordedAt = recordedAt
  }
}

extension SQLConnection {
  /// Returns the snapshots of a project in Metaxy's table of recorded features, since 0.1 its project versions, the latest
  /// first; none if there is no table.
  ///
  /// The age of a snapshot is that of its last row: one with changed metadata was recorded again. Times are compared as
  /// times: SQLite keeps the text that each program wrote, `2026-11-22 10:07:31` or `2026-11-22T10:07:31+00:00`.
  ///
  /// - Parameters:
  ///   - prefix: what the names of the tables start with.
  ///   - placeholder: the placeholder of the first parameter.
  package func pushedSnapshots(
    of project: String, _ generation: Generation = .seed, prefix: String = "", placeholder: String
  ) throws(MetaxyError) -> [PushedSnapshot] {
    let table = generation.featureVersions(prefix: prefix)
    guard try hasTable(table) else { return [] }
    let version = generation == .seed ? "snapshot_version" : SystemColumn01.projectVersion.rawValue
    let rows = try query(
      """
      SELECT DISTINCT \(SQLText.identifier(version)), \(SQLText.identifier("recorded_at"))
      FROM \(SQLText.identifier(table)) WHERE \(SQLText.identifier("project")) = \(placeholder)
      """, [.text(project)])
    var latest: [ScalarString: String] = [:]
    for row in rows {
      guard let version = row[0].text, let time = row[1].text else { continue }
      let key = ScalarString(version)
      latest[key] = max(latest[key] ?? "", Timestamp.normalised(time))
    }
    return latest.map { PushedSnapshot(version: $0.key.text, recordedAt: $0.value) }
      .sorted { ($0.recordedAt, ScalarString($0.version)) > ($1.recordedAt, ScalarString($1.version)) }
  }
}
