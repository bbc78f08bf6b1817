package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySchema
internal import MetaxyTime

/// The graphs in Metaxy's system table `metaxy_system__feature_versions`, to which rows are only appended.
///
/// A graph is a project version: a push adds a row for every feature of the project, changed or not. Columns are read by
/// name, because a store makes them in another order.
package struct PushedGraphs01 {
  private let dialect: any Dialect
  private let connection: any Connection
  /// What the names of the tables start with in this database.
  private let prefix: String

  package init(dialect: any Dialect, connection: any Connection, prefix: String = "") {
    self.dialect = dialect
    self.connection = connection
    self.prefix = prefix
  }

  /// Returns the recorded versions of a project, the latest first; none if there is no table.
  package func versions(of project: String) throws(MetaxyError) -> [PushedSnapshot] {
    try connection.pushedSnapshots(of: project, .release01, prefix: prefix, placeholder: dialect.placeholder(1))
  }

  /// Returns the features of a project version, sorted by key, each with its latest row.
  package func features(of version: String, in project: String) throws(MetaxyError) -> [PushedFeature01] {
    let rows = try connection.query(
      """
      SELECT \(columnNames) FROM \(tableName) WHERE \(dialect.quoted("project")) = \(dialect.placeholder(1))
      AND \(dialect.quoted("metaxy_project_version")) = \(dialect.placeholder(2))
      """, [.text(project), .text(version)])
    var latest: [FeatureKey: PushedFeature01] = [:]
    // Not in SQL: SQLite would compare the texts that different programs wrote.
    for feature in rows.map(PushedFeature01.init(row:)).sorted(by: { $0.recordedAt < $1.recordedAt }) {
      latest[feature.key] = feature
    }
    return latest.values.sorted { $0.key < $1.key }
  }

  /// Returns the latest row of each of these features, whatever project recorded it; none for a feature without rows.
  ///
  /// Metaxy takes the definitions of other projects' features from these rows.
  package func latest(of keys: [FeatureKey]) throws(MetaxyError) -> [FeatureKey: PushedFeature01] {
    var latest: [FeatureKey: PushedFeature01] = [:]
    for start in stride(from: 0, to: keys.count, by: 100) {
      let chunk = keys[start..<min(start + 100, keys.count)]
      let places = (1...chunk.count).map { dialect.placeholder($0) }.joined(separator: ", ")
      let rows = try connection.query(
        "SELECT \(columnNames) FROM \(tableName) WHERE \(dialect.quoted("feature_key")) IN (\(places))",
        chunk.map { .text($0.text) })
      for feature in rows.map(PushedFeature01.init(row:)).sorted(by: { $0.recordedAt < $1.recordedAt }) {
        latest[feature.key] = feature
      }
    }
    return latest
  }

  /// Records the features of one project version, unless it is the latest one of the project.
  ///
  /// One transaction reads the existing rows and adds the new ones; other writers of the table wait for it.
  package func record(_ features: [PushedFeature01]) throws(MetaxyError) -> GraphRecording {
    guard let first = features.first else { return .nothing }
    do {
      return try connection.transaction { () throws(MetaxyError) in
        try connection.lockForWriting(table.name)
        let known = try versions(of: first.project)
        guard known.first?.version != first.projectVersion else { return .nothing }
        try insert(features)
        return known.contains { $0.version == first.projectVersion } ? .again : .newSnapshot
      }
    } catch {
      guard let lockConflict = connection.lockConflict(behind: error) else { throw error }
      throw .cannotRecord(lockConflict, cause: error)
    }
  }

  /// Inserts rows in batches of fifty, to stay below the engines' limit of parameters in one statement.
  private func insert(_ features: [PushedFeature01]) throws(MetaxyError) {
    // The time is read while the lock is held, so that timestamps have the order of the transactions.
    let now = Timestamp().text
    let width = PushedFeature01.columns.count
    for start in stride(from: 0, to: features.count, by: 50) {
      let chunk = features[start..<min(start + 50, features.count)]
      let rows = chunk.indices.map { index in
        let places = (1...width).map { dialect.placeholder((index - start) * width + $0) }
        return "(\(places.joined(separator: ", ")))"
      }
      let values = chunk.flatMap { feature in
        var feature = feature
        feature.recordedAt = now
        return feature.values
      }
      try connection.execute(
        "INSERT INTO \(tableName) (\(columnNames)) VALUES \(rows.joined(separator: ", "))", values)
    }
  }

  private var tableName: String { SQLWriter(dialect).name(table.name) }
  private var columnNames: String { SQLWriter(dialect).names(PushedFeature01.columns) }

  private var table: Table { SystemTables.featureVersions(.release01, prefix: prefix) }
}
