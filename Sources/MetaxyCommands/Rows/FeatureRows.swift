internal import MetaxyDatabase
internal import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyRows
internal import MetaxyRuntime
internal import MetaxyTime

/// The numbers of rows of one feature in a store.
package struct FeatureRows: Sendable {
  package struct Version: Sendable {
    /// nil for rows without a version.
    package var version: String?
    /// Whether it is the version of the sources.
    package var isCurrent: Bool
    package var rows: Int
    /// The samples that are not deleted.
    package var samples: Int
    /// The time of the latest write, in UTC; nil where the generation does not record it, and without rows.
    package var latestWrite: String?
  }

  package var feature: String
  package var table: String
  /// The versions with rows, and the current one; nil if they cannot be counted.
  package var versions: [Version]?
  /// Why they cannot be counted.
  package var reason: String?

  package var json: JSONValue {
    .object([
      .init("feature", .string(feature)), .init("table", .string(table)),
      .init("versions", versions.map { .array($0.map(Self.json)) } ?? .null), .init("reason", JSONValue(reason)),
    ])
  }

  private static func json(of version: Version) -> JSONValue {
    .object([
      .init("version", JSONValue(version.version)), .init("is_current", .boolean(version.isCurrent)),
      .init("rows", JSONValue(version.rows)), .init("samples", JSONValue(version.samples)),
      .init("latest_write", JSONValue(version.latestWrite)),
    ])
  }

  /// The lines of the text.
  var lines: [String] {
    guard let versions else { return ["    \(feature): \(reason ?? "")"] }
    return ["    \(feature)"]
      + versions.map { version in
        "      \(version.version ?? "no version")\(version.isCurrent ? " (current)" : ""): "
          + "\(Wording.count(version.rows, "row")), \(Wording.count(version.samples, "sample"))"
          + (version.latestWrite.map { ", written \($0) UTC" } ?? "")
      }
  }
}

extension FeatureRows {
  /// Counts the rows of every feature that has a table, with one query for each.
  static func all(in session: ProjectSession, _ connection: any Connection) throws(MetaxyError) -> [FeatureRows] {
    var quiet = session.context
    // The sources were read for the comparison, which reported the same warnings.
    quiet.report = { _ in }
    let session = try ProjectSession(quiet, session.project, session.store)
    let source = try FeatureSource.load(session)
    let versions = source.versions(quiet)
    var counted: [FeatureRows] = []
    for feature in source.graph.features.sorted(by: { $0.key < $1.key }) {
      guard let samples = try source.samples(of: feature, session) else { continue }
      var rows = FeatureRows(feature: feature.key.text, table: samples.name.reportText)
      rows.reason = try reason(samples, connection)
      if rows.reason == nil {
        rows.versions = try counts(samples, current: versions[feature.key]?.featureVersion ?? "", connection)
      }
      counted.append(rows)
    }
    return counted
  }

  /// Returns why the rows of a table cannot be counted; nil if they can.
  private static func reason(_ samples: SampleTable, _ connection: any Connection) throws(MetaxyError) -> String? {
    let columns = Set(try connection.columnNames(of: samples.name).map(\.folded))
    guard !columns.isEmpty else { return "no table \(samples.name)" }
    let times: [SystemColumn01] = samples.generation == .seed ? [] : [.updatedAt, .deletedAt]
    let needed = samples.idColumns + [samples.generation.featureVersionColumn] + times.map(\.rawValue)
    let missing = needed.filter { !columns.contains($0.folded) }
    return missing.isEmpty ? nil : "the table \(samples.name) has no column \(Wording.list(missing))"
  }

  private static func counts(
    _ samples: SampleTable, current: String, _ connection: any Connection
  ) throws(MetaxyError) -> [Version] {
    var versions = try connection.query(SampleCounts(samples).text).map { row in
      Version(
        version: row[0].text, isCurrent: row[0] == .text(current), rows: Int(row[2].integer ?? 0),
        samples: Int(row[1].integer ?? 0), latestWrite: row[4].text.map(Timestamp.normalised))
    }
    if !versions.contains(where: \.isCurrent) {
      versions.append(Version(version: current, isCurrent: true, rows: 0, samples: 0))
    }
    return versions
  }
}
