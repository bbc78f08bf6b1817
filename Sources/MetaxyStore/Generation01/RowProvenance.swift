internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// The source of the provenance of rows since Metaxy 0.1.
protocol RowProvenance<Root> {
  associatedtype Root: Feature
  /// The tables that are read for it.
  var parents: [RowLayout] { get }
  /// Returns the provenance by field of a batch of rows, one for each row.
  func provenance(of rows: [PendingRow<Root>], _ connection: any RowConnection) throws -> [FieldHashes]
}

/// The hashes by field that the program supplies.
struct GivenHashes<Root: Feature>: RowProvenance {
  private let versions: GivenVersions<Root>
  private let give: (Root) throws -> [FieldKey: String]
  private let fields: [RegisteredField]
  var parents: [RowLayout] { [] }

  init(_ layout: RowLayout, _ store: MetadataStore, _ give: @escaping (Root) throws -> [FieldKey: String]) {
    versions = GivenVersions(layout, store, give)
    self.give = give
    fields = layout.feature.fields
  }

  func provenance(of rows: [PendingRow<Root>], _ connection: any RowConnection) throws -> [FieldHashes] {
    try rows.map { row in try hashes(try give(row.row), row) }
  }

  /// Returns the data versions of rows; nil for a row for which the program gives none.
  func dataVersions(of rows: [PendingRow<Root>]) throws -> [FieldHashes?] {
    try rows.map { row in
      let given = try give(row.row)
      return given.isEmpty ? nil : try hashes(given, row)
    }
  }

  private func hashes(_ given: [FieldKey: String], _ row: PendingRow<Root>) throws(MetaxyError) -> FieldHashes {
    let checked = try versions.check(given, row).fields
    return FieldHashes(zip(fields, checked).map { FieldHashes.Member($0.key.memberName, $1.hash) })
  }
}

/// Provenance that is computed from the data versions of the parents' rows.
struct ComputedProvenance<Root: Feature>: RowProvenance {
  private let recipe: ProvenanceRecipe
  private let lookups: [DependencyLookup]
  var parents: [RowLayout] { lookups.map(\.parent) }

  init(_ layout: RowLayout, _ store: MetadataStore) throws(MetaxyError) {
    let hashing = RowHashing(store.hashAlgorithm, length: store.registry.hashTruncationLength)
    recipe = ProvenanceRecipe(layout.feature, hashing)
    var lookups: [DependencyLookup] = []
    for (position, dependency) in recipe.dependencies.enumerated() {
      guard let parent = store.registry.features.first(where: { $0.key == dependency.feature }) else {
        throw .parentNotRegistered(layout.feature.key, dependency.feature)
      }
      lookups.append(
        try DependencyLookup(
          RowLayout(parent, store.dialect, .release01), dependency, of: layout,
          members: recipe.neededMembers(of: position), hashing, store.database))
    }
    self.lookups = lookups
  }

  func provenance(of rows: [PendingRow<Root>], _ connection: any RowConnection) throws -> [FieldHashes] {
    let found = try lookups.map { lookup in try lookup.parents(of: rows, connection) }
    return rows.indices.map { position in recipe.provenance(of: found.map { $0[position] }) }
  }
}
