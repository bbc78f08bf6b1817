internal import MetaxyDatabase
internal import MetaxyFeatures
internal import MetaxyNames

/// What is read of a row of a dependency.
struct DependencyRow {
  let hashes: SQLValue
  let provenance: SQLValue
  /// The number of rows of the sample that are equally new.
  let copies: Int64

  init(_ hashes: SQLValue, provenance: SQLValue, copies: Int64) {
    self.hashes = hashes
    self.provenance = provenance
    self.copies = copies
  }
}

/// Why rows of a dependency cannot be used: "its parent … has …".
struct UnusableRow: Error {
  let reason: String
}

/// Reads what a row is computed from, of the rows that a dependency finds for it.
struct DependencyReader {
  let dependency: RegisteredDependency
  /// The fields that are needed, by their member names.
  let members: [String]
  let hashing: RowHashing

  /// - Parameter rows: the rows that were found; those of a group in the order of the parent's ID columns.
  /// - Returns: the parent; `.none` without rows, also where the dependency is not optional.
  /// - Throws: ``UnusableRow``.
  func parent(_ rows: [DependencyRow]) throws(UnusableRow) -> ProvenanceRecipe.Parent {
    var found: [FieldHashes] = []
    for row in rows { found.append(try hashes(row)) }
    guard let first = found.first else { return .none }
    guard !dependency.isAggregated else { return .group(found) }
    guard found.allSatisfy({ other in members.allSatisfy { first[$0] == other[$0] } }) else {
      throw UnusableRow(reason: "has several rows, and their data versions differ")
    }
    return .row(first)
  }

  private func hashes(_ row: DependencyRow) throws(UnusableRow) -> FieldHashes {
    guard row.copies == 1 else {
      throw UnusableRow(
        reason: "has \(row.copies) newest rows, with the same `\(SystemColumn01.updatedAt.rawValue)`")
    }
    let column = SystemColumn01.dataVersionByField.rawValue
    guard case .text(let text) = row.hashes, let hashes = FieldHashes(text) else {
      throw UnusableRow(
        reason: "has a row whose `\(column)` is not a JSON object of texts: \(row.hashes.displayText)")
    }
    // Programs give data versions of any form; the one hash of the provenance is always of the store's algorithm.
    if let hash = row.provenance.text, hashing.algorithm.isForeign(hash, length: hashing.length, isExplicit: false) {
      let own = hashing.algorithm.rawValue
      throw UnusableRow(
        reason: "has a row that was hashed by another algorithm than `\(own)`: its provenance is `\(hash)`")
    }
    return hashes
  }
}
