internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows
internal import MetaxyTime

/// The rows of a feature in a database.
public struct FeatureStatus: Sendable, Hashable {
  /// The key of the feature.
  public let feature: FeatureKey
  /// The versions of the feature that have rows, sorted; the current version is among them even without rows.
  public let versions: [Version]

  /// The rows of one version of a feature.
  public struct Version: Sendable, Hashable {
    /// The version; nil for rows that were written without one.
    public let version: String?
    /// Whether it is the version that the program was built for.
    public let isCurrent: Bool
    /// The number of samples; those whose newest row marks a deletion are none.
    public let samples: Int
    /// The number of rows; more than samples where samples were written again, or deleted since Metaxy 0.1.
    public let rows: Int
    /// How many of the rows mark a soft deletion, which exists since Metaxy 0.1.
    public let deletions: Int
    /// The time of the latest write or deletion, in UTC: `2026-11-22 10:07:31.123456`.
    ///
    /// Nil without rows, and for the rows of Metaxy's first releases, which have no time.
    public let latestWrite: String?
  }

  /// The rows of the version that the program was built for.
  public var current: Version? { versions.first(where: \.isCurrent) }
  /// The time of the latest write or deletion over all versions, in UTC; nil if no row has a time.
  public var latestWrite: String? { versions.compactMap(\.latestWrite).max() }
}

extension MetadataStore {
  /// Returns whether the database has the table of a feature.
  ///
  /// - Parameter type: The type of its rows.
  /// - Returns: Whether there is a table; its columns are not compared.
  /// - Throws: `MetaxyError`: `type_not_registered`, `store_closed`, or the error of the engine; `CancellationError` when
  ///   the task is cancelled.
  public func hasFeature<Root: Feature>(_ type: Root.Type) async throws -> Bool {
    let layout = try layout(of: type)
    return try await perform { connection in try connection.hasTable(layout.table) }
  }

  /// Returns the features of the registry whose tables the database has, sorted by key.
  ///
  /// - Returns: The keys, also of features of other projects.
  /// - Throws: As ``hasFeature(_:)``.
  public func listFeatures() async throws -> [FeatureKey] {
    try await perform { connection in try existingLayouts(connection).map(\.feature.key) }
  }

  /// Counts the rows of every feature of the registry whose table the database has.
  ///
  /// ```swift
  /// for feature in try await store.status() {
  ///   print(feature.feature, feature.current?.samples ?? 0, feature.versions.count)
  /// }
  /// ```
  ///
  /// - Returns: The features, sorted by key.
  /// - Throws: As ``hasFeature(_:)``.
  public func status() async throws -> [FeatureStatus] {
    try await perform { connection in
      try existingLayouts(connection).map { layout throws(MetaxyError) in try status(of: layout, connection) }
    }
  }

  private func existingLayouts(_ connection: any RowConnection) throws(MetaxyError) -> [RowLayout] {
    var layouts: [RowLayout] = []
    for feature in registry.features {
      let layout = RowLayout(feature, dialect, registry.generation)
      if try connection.hasTable(layout.table) { layouts.append(layout) }
    }
    return layouts
  }

  private func status(of layout: RowLayout, _ connection: any RowConnection) throws(MetaxyError) -> FeatureStatus {
    let current = layout.feature.featureVersion
    var versions = try connection.query(SampleCounts(layout.samples).text).map { row in
      FeatureStatus.Version(
        version: row[0].text, isCurrent: row[0] == .text(current), samples: Int(row[1].integer ?? 0),
        rows: Int(row[2].integer ?? 0), deletions: Int(row[3].integer ?? 0),
        latestWrite: row[4].text.map(Timestamp.normalised))
    }
    if !versions.contains(where: \.isCurrent) {
      versions.append(
        FeatureStatus.Version(
          version: current, isCurrent: true, samples: 0, rows: 0, deletions: 0, latestWrite: nil))
    }
    return FeatureStatus(feature: layout.feature.key, versions: versions)
  }
}
