internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// The source of the data versions of rows.
protocol DataVersionSource<Root> {
  associatedtype Root: Feature
  /// The tables that are read for them.
  var parents: [RowLayout] { get }
  /// Returns the data versions of a batch of rows, one for each row.
  func dataVersions(of rows: [PendingRow<Root>], _ connection: any RowConnection) throws -> [DataVersions]
}

/// Data versions that the program supplies.
struct GivenVersions<Root: Feature>: DataVersionSource {
  private let layout: RowLayout
  private let algorithm: HashAlgorithm
  private let length: Int?
  private let give: (Root) throws -> [FieldKey: String]
  var parents: [RowLayout] { [] }

  init(_ layout: RowLayout, _ store: MetadataStore, _ give: @escaping (Root) throws -> [FieldKey: String]) {
    self.layout = layout
    self.give = give
    algorithm = store.hashAlgorithm
    length = store.registry.hashTruncationLength
  }

  func dataVersions(of rows: [PendingRow<Root>], _ connection: any RowConnection) throws -> [DataVersions] {
    try rows.map { row in try check(try give(row.row), row) }
  }

  /// Returns the data versions that a program supplies for a row, in the order of the fields.
  func check(_ given: [FieldKey: String], _ row: PendingRow<Root>) throws(MetaxyError) -> DataVersions {
    let fields = layout.feature.fields
    if let other = given.keys.sorted().first(where: { key in !fields.contains { $0.key == key } }) {
      let known = Wording.list(fields.map(\.key))
      throw refusal(row, other, "the feature has no such field; it has \(known)")
    }
    var versions: [(key: String, hash: String)] = []
    for field in fields {
      guard let hash = given[field.key] else { throw refusal(row, field.key, "no data version is given") }
      guard !hash.isEmpty, !hash.utf8.contains(0) else {
        throw refusal(row, field.key, "the data version is empty, or holds the character NUL")
      }
      // Since Metaxy 0.1 hashes are short: many texts have the form of one.
      guard layout.generation == .release01 || !algorithm.isForeign(hash, length: length, isExplicit: true) else {
        throw refusal(row, field.key, "`\(hash)` has the form of another algorithm's hash than `\(algorithm.rawValue)`")
      }
      versions.append((field.key.text, hash))
    }
    return DataVersions(versions)
  }

  private func refusal(_ row: PendingRow<Root>, _ field: FieldKey, _ reason: String) -> MetaxyError {
    .rowRefused(
      layout.feature.key, row: row.number, id: layout.displayID(row.id.values), field: field, reason)
  }
}

/// Data versions that are computed from those of the parents' rows.
struct ComputedVersions<Root: Feature>: DataVersionSource {
  private let layout: RowLayout
  private let recipe: DataVersionRecipe
  private let lookups: [ParentLookup]
  var parents: [RowLayout] { lookups.map(\.parent) }

  init(_ layout: RowLayout, _ store: MetadataStore) throws(MetaxyError) {
    self.layout = layout
    let length = store.registry.hashTruncationLength
    recipe = DataVersionRecipe(layout.feature, store.hashAlgorithm, length: length)
    var lookups: [ParentLookup] = []
    for (position, key) in recipe.parents.enumerated() {
      guard let parent = store.registry.features.first(where: { $0.key == key }) else {
        throw .parentNotRegistered(layout.feature.key, key)
      }
      lookups.append(
        try ParentLookup(
          RowLayout(parent, store.dialect, .seed), of: layout, fields: recipe.neededFields(ofParent: position),
          algorithm: store.hashAlgorithm, length: length, database: store.database))
    }
    self.lookups = lookups
  }

  func dataVersions(of rows: [PendingRow<Root>], _ connection: any RowConnection) throws -> [DataVersions] {
    let found = try lookups.map { lookup in try lookup.rows(of: rows, connection) }
    return try rows.indices.map { position in
      try recipe.dataVersions(found.map { $0[position] }) { parent, field in
        MetaxyError.rowRefused(
          layout.feature.key, row: rows[position].number, id: layout.displayID(rows[position].id.values),
          "the row of its parent `\(parent)` has no data version of the field `\(field)`")
      }
    }
  }
}
