package import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySchema
internal import MetaxyTime

/// The graphs in Metaxy's system table `metaxy-system__feature_versions`, to which rows are only appended.
///
/// It does not depend on the sources of the features, because programs that write rows also query it.
package struct PushedGraphs {
  private let dialect: any Dialect
  private let connection: any Connection
  /// What the names of the tables start with in this database.
  private let prefix: String

  package init(dialect: any Dialect, connection: any Connection, prefix: String = "") {
    self.dialect = dialect
    self.connection = connection
    self.prefix = prefix
  }

  /// Returns whether the table exists.
  package func exist() throws(MetaxyError) -> Bool { try connection.hasTable(table.name) }

  /// Returns the version of a project's latest snapshot; nil if there is none, or no table.
  package func latestSnapshot(of project: String) throws(MetaxyError) -> String? {
    try snapshots(of: project).first?.version
  }

  /// Returns the recorded snapshots of a project, the latest first; none if there is no table.
  ///
  /// The age of a snapshot is that of its last row: one with changed metadata was recorded again.
  package func snapshots(of project: String) throws(MetaxyError) -> [PushedSnapshot] {
    try connection.pushedSnapshots(of: project, prefix: prefix, placeholder: dialect.placeholder(1))
  }

  /// Returns the features of a snapshot, of all projects, sorted by key, each with its latest row.
  package func features(ofSnapshot snapshot: String) throws(MetaxyError) -> [PushedFeature] {
    guard try exist() else { return [] }
    let rows = try connection.query(
      """
      SELECT \(columnNames) FROM \(tableName) WHERE \(dialect.quoted("snapshot_version")) = \(dialect.placeholder(1))
      """, [.text(snapshot)])
    var latest: [PushedFeature.Identity: PushedFeature] = [:]
    // Not in SQL: SQLite would compare the texts that different programs wrote.
    for feature in rows.map(PushedFeature.init(row:)).sorted(by: { $0.recordedAt < $1.recordedAt }) {
      latest[feature.identity] = feature
    }
    return latest.values.sorted { ($0.key, ScalarString($0.project)) < ($1.key, ScalarString($1.project)) }
  }

  /// Records the features of one snapshot as Metaxy does: a row for each feature of a new snapshot, otherwise a row for
  /// each feature whose spec differs from its latest row.
  ///
  /// A feature whose latest row has a class path without a module, as earlier releases wrote, is added once more: Metaxy
  /// splits every path of a snapshot at its last dot, and fails to read the whole snapshot at one without.
  ///
  /// One transaction reads the existing rows and adds the new ones; other writers of the table wait for it.
  ///
  /// - Parameter again: whether an existing snapshot that is not the latest gets a row for each feature, which makes it
  ///   the latest. Metaxy has no such option.
  package func record(
    _ features: [PushedFeature], again: Bool = false
  ) throws(MetaxyError) -> GraphRecording {
    guard let snapshot = features.first?.snapshotVersion else { return .nothing }
    do {
      return try connection.transaction { () throws(MetaxyError) in
        try connection.lockForWriting(table.name)
        return try append(features, to: snapshot, again: again)
      }
    } catch {
      guard let lockConflict = connection.lockConflict(behind: error) else { throw error }
      throw .cannotRecord(lockConflict, cause: error)
    }
  }

  private func append(
    _ features: [PushedFeature], to snapshot: String, again: Bool
  ) throws(MetaxyError) -> GraphRecording {
    let recorded = try self.features(ofSnapshot: snapshot)
    let known = Dictionary(recorded.map { ($0.identity, $0) }) { $1 }
    let changed = features.filter { feature in
      guard let row = known[feature.identity] else { return true }
      return row.specVersion != feature.specVersion || !row.hasModule && feature.hasModule
    }
    guard !changed.isEmpty else {
      guard again, try !isLatest(snapshot, of: features) else { return .nothing }
      try insertNow(features)
      return .again
    }
    try insertNow(changed)
    let isNew = features.allSatisfy { known[$0.identity] == nil }
    return isNew ? .newSnapshot : .changedMetadata(changed.map(\.key))
  }

  private func isLatest(_ snapshot: String, of features: [PushedFeature]) throws(MetaxyError) -> Bool {
    for project in Set(features.map(\.project)) where try latestSnapshot(of: project) != snapshot { return false }
    return true
  }

  private func insertNow(_ features: [PushedFeature]) throws(MetaxyError) {
    // The time is read while the lock is held, so that timestamps have the order of the transactions.
    let now = Timestamp().text
    try insert(
      features.map { feature in
        var feature = feature
        feature.recordedAt = now
        return feature
      })
  }

  /// Inserts rows in batches of a hundred, to stay below the engines' limit of parameters in one statement.
  private func insert(_ features: [PushedFeature]) throws(MetaxyError) {
    let width = table.columns.count
    for start in stride(from: 0, to: features.count, by: 100) {
      let chunk = features[start..<min(start + 100, features.count)]
      let rows = chunk.indices.map { index in
        let places = (1...width).map { dialect.placeholder((index - start) * width + $0) }
        return "(\(places.joined(separator: ", ")))"
      }
      try connection.execute(
        "INSERT INTO \(tableName) (\(columnNames)) VALUES \(rows.joined(separator: ", "))", chunk.flatMap(\.values))
    }
  }

  private var tableName: String { SQLWriter(dialect).name(table.name) }
  private var columnNames: String { SQLWriter(dialect).names(table.columns.map(\.name)) }

  private var table: Table { SystemTables.featureVersions(.seed, prefix: prefix) }
}
