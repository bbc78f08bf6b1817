package import MetaxyErrors
internal import MetaxyFiles

/// What a copy takes and what there is, in bytes.
package struct DiskSpace: Sendable, Hashable {
  package var needed: Int
  package var available: Int

  package init(needed: Int, available: Int) {
    self.needed = needed
    self.available = available
  }

  /// Looks at the disk: a copy of `files`, those of them that exist, beside the first.
  package init(copying files: [String]) throws(MetaxyError) {
    needed = files.compactMap(Files.size).reduce(0, +)
    available = try Files.availableBytes(in: Paths.parent(of: files.first ?? "/"))
  }

  /// Throws `no_space` where the copy has no room.
  ///
  /// - Parameters:
  ///   - purpose: what it is for, as an infinitive: `to back the database up`.
  ///   - name: the database as it is shown.
  package func require(_ purpose: String, _ name: String) throws(MetaxyError) {
    guard needed > available else { return }
    throw .noSpace(purpose, name, needed: Self.displayText(needed), available: Self.displayText(available))
  }

  /// `512 bytes`, `1.5 MB`: decimal, as disks are sold.
  static func displayText(_ bytes: Int) -> String {
    let units = ["kB", "MB", "GB", "TB", "PB"]
    guard bytes >= 1000 else { return "\(bytes) bytes" }
    var divisor = 1000
    var unit = 0
    // What would be written 1000.0 is one of the next unit.
    while unit < units.count - 1, bytes >= 1000 * divisor - divisor / 20 {
      divisor *= 1000
      unit += 1
    }
    let tenths = bytes / (divisor / 10) + (bytes % (divisor / 10) >= divisor / 20 ? 1 : 0)
    return "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
