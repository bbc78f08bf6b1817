internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyTime

/// The values of the system columns of rows that are written.
protocol SystemValues<Root> {
  associatedtype Root: Feature
  /// The tables that are read for them.
  var parents: [RowLayout] { get }
  /// Returns the values of a batch of rows, in the order of the layout's system columns.
  func values(of rows: [PendingRow<Root>], _ connection: any RowConnection) throws -> [[SQLValue]]
}

/// The system columns of Metaxy's first releases.
struct SeedValues<Root: Feature>: SystemValues {
  private let source: any DataVersionSource<Root>
  /// The values of `feature_version`, `feature_spec_version` and `snapshot_version`.
  private let versions: [SQLValue]
  var parents: [RowLayout] { source.parents }

  init(_ layout: RowLayout, _ registry: FeatureRegistry, _ source: any DataVersionSource<Root>) {
    self.source = source
    versions = [
      .text(layout.feature.featureVersion), .text(layout.feature.specVersion), .text(registry.snapshotVersion),
    ]
  }

  func values(of rows: [PendingRow<Root>], _ connection: any RowConnection) throws -> [[SQLValue]] {
    try source.dataVersions(of: rows, connection).map { [.text($0.text)] + versions }
  }
}

/// The system columns since Metaxy 0.1.
struct RecordedValues<Root: Feature>: SystemValues {
  private let provenance: any RowProvenance<Root>
  /// What the program gives besides a computed provenance; nil if the data versions are the provenance.
  private let given: GivenHashes<Root>?
  private let layout: RowLayout
  private let hashing: RowHashing
  private let projectVersion: String
  private let materializationID: String?
  /// The time of the write.
  private let now: SQLValue
  var parents: [RowLayout] { provenance.parents }

  init(
    _ layout: RowLayout, _ store: MetadataStore, _ provenance: any RowProvenance<Root>, given: GivenHashes<Root>? = nil,
    materializationID: String?
  ) {
    self.provenance = provenance
    self.given = given
    self.layout = layout
    self.materializationID = materializationID
    hashing = RowHashing(store.hashAlgorithm, length: store.registry.hashTruncationLength)
    projectVersion = store.registry.snapshotVersion
    let time = Timestamp().text
    now = .text(layout.dialect == .sqlite ? time : time + "+00")
  }

  func values(of rows: [PendingRow<Root>], _ connection: any RowConnection) throws -> [[SQLValue]] {
    let provenance = try provenance.provenance(of: rows, connection)
    let given = try given?.dataVersions(of: rows)
    return provenance.indices.map { position in
      let data = given.flatMap { $0[position] } ?? provenance[position]
      return SystemColumn01.allCases.map { value(of: $0, provenance[position], data) }
    }
  }

  private func value(of column: SystemColumn01, _ provenance: FieldHashes, _ data: FieldHashes) -> SQLValue {
    switch column {
    case .provenanceByField: .text(provenance.text)
    case .provenance: SQLValue(hashing.hash(of: provenance, layout.feature.fields))
    case .featureVersion: .text(layout.feature.featureVersion)
    case .projectVersion: .text(projectVersion)
    case .dataVersionByField: .text(data.text)
    case .dataVersion: SQLValue(hashing.hash(of: data, layout.feature.fields))
    case .createdAt, .updatedAt: now
    case .materializationID: SQLValue(materializationID)
    case .deletedAt: .null
    }
  }
}
