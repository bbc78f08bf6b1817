package import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles

/// The required and the available disk space of a copy, in bytes.
package struct DiskSpace: Sendable, Hashable {
  package var needed: Int
  package var available: Int

  package init(needed: Int, available: Int) {
    self.needed = needed
    self.available = available
  }

  /// Measures the space for a copy of `files`, ignoring missing ones, in the directory of the first.
  package init(copying files: [String]) throws(MetaxyError) {
    needed = files.compactMap(Files.size).reduce(0, +)
    available = try Files.availableBytes(in: Paths.parent(of: files.first ?? "/"))
  }

  /// Throws `no_space` if there is not enough space for the copy.
  ///
  /// - Parameters:
  ///   - purpose: the purpose as an infinitive: `to back the database up`.
  ///   - name: the database's name for display.
  package func require(_ purpose: String, _ name: String) throws(MetaxyError) {
    guard needed > available else { return }
    throw .noSpace(purpose, name, needed: Self.displayText(needed), available: Self.displayText(available))
  }

  /// Returns `512 bytes`, `1.5 MB`: decimal units, like those of disks.
  static func displayText(_ bytes: Int) -> String {
    let units = ["kB", "MB", "GB", "TB", "PB"]
    guard bytes >= 1000 else { return "\(bytes) bytes" }
    var divisor = 1000
    var unit = 0
    // A value that would be displayed as 1000.0 moves to the next unit.
    while unit < units.count - 1, bytes >= 1000 * divisor - divisor / 20 {
      divisor *= 1000
      unit += 1
    }
    let tenths = bytes / (divisor / 10) + (bytes % (divisor / 10) >= divisor / 20 ? 1 : 0)
    return "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
