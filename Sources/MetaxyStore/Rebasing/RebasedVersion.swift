internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyTime

/// How a row of a former version becomes one of the current version.
struct RebasedVersion {
  let layout: RowLayout
  /// The former version.
  let former: String
  private let unchanged: Set<FieldKey>
  private let projectVersion: String
  private let hashing: RowHashing
  private let run: SQLValue
  private let now: SQLValue

  /// - Throws: `data_versions_needed` for a feature without dependencies; `rows_outdated` for the current version and for an
  ///   unknown field; `unsupported_generation` for fields where no provenance is kept beside the data version.
  init(
    _ layout: RowLayout, _ store: MetadataStore, from former: String, unchanged: Set<FieldKey>, _ run: String?
  ) throws(MetaxyError) {
    let feature = layout.feature
    guard !layout.hasGivenVersions else { throw .rootNotRebased(feature.key) }
    guard former != feature.featureVersion else { throw .rebasedOntoItself(feature.key, former) }
    if let unknown = unchanged.sorted().first(where: { key in !feature.fields.contains { $0.key == key } }) {
      throw .unknownField(feature, unknown)
    }
    guard unchanged.isEmpty || layout.generation == .release01 else { throw .noProvenance(feature.key) }
    self.layout = layout
    self.former = former
    self.unchanged = unchanged
    self.run = SQLValue(run)
    projectVersion = store.registry.snapshotVersion
    hashing = RowHashing(store.hashAlgorithm, length: store.registry.hashTruncationLength)
    let time = Timestamp().text
    now = .text(layout.dialect == .sqlite ? time : time + "+00")
  }

  /// Returns the values of the written columns of a new row.
  ///
  /// - Parameters:
  ///   - row: the former row, in the order of the written columns.
  ///   - expected: the hashes that its fields have now.
  ///   - sample: the sample, for messages.
  /// - Returns: the values.
  /// - Throws: `rows_outdated` with the fields that must be computed again.
  func values(of row: [SQLValue], _ expected: [FieldKey: String], _ sample: String) throws(MetaxyError) -> [SQLValue] {
    let names = layout.systemColumns
    func stored(_ column: String) -> SQLValue { names.firstIndex(of: column).map { row[$0] } ?? .null }
    let version = stored(
      layout.generation == .seed
        ? SystemColumn.dataVersion.rawValue : SystemColumn01.dataVersionByField.rawValue)
    let provenance =
      layout.generation == .seed ? version : stored(SystemColumn01.provenanceByField.rawValue)
    let kept = FieldHashes(version.text ?? "") ?? FieldHashes([])
    let former = FieldHashes(provenance.text ?? "") ?? FieldHashes([])
    let outdated = layout.feature.fields.map(\.key).filter { field in
      guard let hash = expected[field], kept[member(field)] != nil else { return true }
      return former[member(field)] != hash && !unchanged.contains(field)
    }
    guard outdated.isEmpty else { throw .rowsOutdated(layout, from: self.former, sample: sample, outdated) }
    let versions = self.versions(expected, kept, stored)
    return zip(names, row).map { name, value in versions[name] ?? value } + row[names.count...]
  }

  /// The member of a field in the hashes of a row.
  private func member(_ field: FieldKey) -> String {
    layout.generation == .seed ? field.text : field.memberName
  }

  /// Returns the system columns that differ from those of the former row.
  private func versions(
    _ expected: [FieldKey: String], _ kept: FieldHashes, _ stored: (String) -> SQLValue
  ) -> [String: SQLValue] {
    let fields = layout.feature.fields
    // Fields that the feature does not have any more are left out.
    let hasOthers = kept.members.count != fields.count
    let data = FieldHashes(fields.map { .init(member($0.key), kept[member($0.key)]) })
    guard layout.generation == .release01 else {
      var versions: [SystemColumn: SQLValue] = [
        .featureVersion: .text(layout.feature.featureVersion), .featureSpecVersion: .text(layout.feature.specVersion),
        .snapshotVersion: .text(projectVersion),
      ]
      if hasOthers { versions[.dataVersion] = .text(data.text) }
      return Dictionary(uniqueKeysWithValues: versions.map { ($0.rawValue, $1) })
    }
    let provenance = FieldHashes(fields.map { .init($0.key.memberName, expected[$0.key]) })
    var versions: [SystemColumn01: SQLValue] = [
      .provenanceByField: .text(provenance.text), .provenance: SQLValue(hashing.hash(of: provenance, fields)),
      .featureVersion: .text(layout.feature.featureVersion), .projectVersion: .text(projectVersion), .updatedAt: now,
      .materializationID: run, .deletedAt: .null,
    ]
    if hasOthers {
      versions[.dataVersionByField] = .text(data.text)
      versions[.dataVersion] = SQLValue(hashing.hash(of: data, fields))
    }
    return Dictionary(uniqueKeysWithValues: versions.map { ($0.rawValue, $1) })
  }
}
