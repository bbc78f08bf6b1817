internal import MetaxyDatabase
internal import MetaxyFeatures
internal import MetaxyNames

/// What decides whether a stored row is that of a write, and whether it is up to date.
struct RowVersion {
  /// One hash of what the row was computed from, since Metaxy 0.1; nil before, and for NULL.
  let provenance: String?
  /// The data version by field; nil for a value that is not an object of hashes.
  let hashes: FieldHashes?
  private let generation: Generation

  /// - Parameters:
  ///   - values: the values of the layout's version columns.
  ///   - generation: the generation of the row.
  init(_ values: some BidirectionalCollection<SQLValue>, _ generation: Generation) {
    self.generation = generation
    hashes = values.last.flatMap { $0.text }.flatMap(FieldHashes.init)
    provenance = generation == .release01 ? values.first?.text : nil
  }

  init(provenance: String?, _ hashes: FieldHashes, _ generation: Generation) {
    self.provenance = provenance
    self.hashes = hashes
    self.generation = generation
  }

  /// Whether a row with one version would repeat a row with the other.
  func isEqual(to other: RowVersion) -> Bool {
    guard let hashes, let others = other.hashes, hashes.isEqual(to: others) else { return false }
    return generation == .seed || isComputed(as: other)
  }

  /// Whether this stored row is up to date where another version is expected.
  ///
  /// Since Metaxy 0.1 the one hash of the provenance decides: a stored NULL is never up to date, and an expected NULL differs
  /// from nothing else.
  func isComputed(as expected: RowVersion) -> Bool {
    guard generation == .release01 else { return isEqual(to: expected) }
    guard let provenance else { return false }
    return expected.provenance.map { ScalarString($0) == ScalarString(provenance) } ?? true
  }
}
