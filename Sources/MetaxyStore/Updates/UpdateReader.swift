internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// Finds the samples that are out of date in the rows of an update's query.
protocol UpdateReading<Root> {
  associatedtype Root: Feature
  /// Returns the sample of a row; nil if its rows are up to date.
  func read(_ row: [SQLValue]) throws(MetaxyError) -> UpdatedSample<Root>?
}

/// Finds in the rows of an ``UpdateQuery`` the samples that are out of date.
struct UpdateReader<Root: Feature>: UpdateReading {
  private let family: FeatureFamily
  private let algorithm: HashAlgorithm
  private let length: Int?

  init(_ family: FeatureFamily, _ store: MetadataStore) {
    self.family = family
    algorithm = store.hashAlgorithm
    length = store.registry.hashTruncationLength
  }

  func read(_ row: [SQLValue]) throws(MetaxyError) -> UpdatedSample<Root>? {
    let count = family.idColumns.count
    let parents = row[count..<count + family.parents.count]
    let id = SampleID<Root>(family.child, columns: family.idColumns, Array(row[..<count]))
    guard let mark = row[parents.endIndex + 1].integer.flatMap(UpdateMark.init), mark != .orphaned else {
      return UpdatedSample(change: .orphaned, id: id, dataVersion: [:])
    }
    let expected = try expected(Array(parents), id)
    if mark == .stored, isStored(expected, row[parents.endIndex]) { return nil }
    let fields = expected.fields.map { (FieldKey($0.key), $0.hash) }
    return UpdatedSample(
      change: mark == .new ? .new : .changed, id: id, dataVersion: Dictionary(fields) { first, _ in first })
  }

  /// Returns the data versions that a row would be written with now.
  private func expected(_ values: [SQLValue], _ id: SampleID<Root>) throws(MetaxyError) -> DataVersions {
    var versions: [DataVersions] = []
    for (parent, value) in zip(family.parents, values) {
      guard let text = value.text, let found = DataVersions(text) else {
        throw unreadable(parent.feature.key, id, "\(value.displayText) is not a JSON object of texts")
      }
      versions.append(found)
    }
    for (position, parent) in family.parents.enumerated() {
      let isExplicit = DataVersionRecipe.isExplicit(parent.feature)
      for field in family.recipe.neededFields(ofParent: position) {
        guard let hash = versions[position].hash(of: "\(field)"),
          algorithm.isForeign(hash, length: length, isExplicit: isExplicit)
        else { continue }
        throw unreadable(
          parent.feature.key, id,
          "field `\(field)` was hashed by another algorithm than `\(algorithm.rawValue)`: `\(hash)`")
      }
    }
    return try family.recipe.dataVersions(versions) { parent, field in
      unreadable(parent, id, "it has no data version of the field `\(field)`")
    }
  }

  /// Returns whether all stored rows of a sample have a data version.
  private func isStored(_ expected: DataVersions, _ stored: SQLValue) -> Bool {
    guard let text = stored.text else { return false }
    let version = RowVersion(provenance: nil, FieldHashes(expected), .seed)
    return UpdateQuery.stored(text, isOneToOne: family.isOneToOne).allSatisfy { text in
      RowVersion([SQLValue(text)], .seed).isComputed(as: version)
    }
  }

  private func unreadable(_ parent: FeatureKey, _ id: SampleID<Root>, _ reason: String) -> MetaxyError {
    .rowUnreadable(
      parent, id: id.description, column: SystemColumn.dataVersion.rawValue, reason, cause: nil)
  }
}
