/// The samples of the rows of a write, each with the position of its row.
///
/// A sample is kept as 128 bits of hash, so that a write of many rows takes little memory: some 60 bytes for a row. That two samples
/// of a billion have the same hash has a probability of less than 1 in 10^20; hashes differ from process to process.
struct SeenSamples {
  private struct Fingerprint: Hashable {
    let (first, second): (Int, Int)

    init(_ id: RowID) {
      (first, second) = (Self.hash(id, 1), Self.hash(id, 2))
    }

    private static func hash(_ id: RowID, _ seed: Int8) -> Int {
      var hasher = Hasher()
      hasher.combine(seed)
      hasher.combine(id)
      return hasher.finalize()
    }
  }

  private var positions: [Fingerprint: UInt32] = [:]

  /// Adds a sample; returns the position of its earlier row, if there is one.
  mutating func add(_ id: RowID, at position: Int) -> Int? {
    positions.updateValue(UInt32(truncatingIfNeeded: position), forKey: Fingerprint(id)).map(Int.init)
  }
}
