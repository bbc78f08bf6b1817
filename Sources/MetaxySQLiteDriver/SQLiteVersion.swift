internal import CSQLite
package import MetaxyErrors

/// The version of a SQLite library in SQLite's format: 3037002 is 3.37.2.
///
/// <https://sqlite.org/c3ref/c_source_id.html>
package struct SQLiteVersion: Sendable, Hashable, Comparable {
  package let number: Int32

  package init(number: Int32) { self.number = number }

  /// The minimum version: the first that lists tables with their kind (`PRAGMA table_list`), has STRICT tables, and counts
  /// changed rows in 64 bits. <https://sqlite.org/releaselog/3_37_0.html>
  package static let floor = SQLiteVersion(number: 3_037_000)

  /// Whether `AS MATERIALIZED` has the rows of a query read before the first is used. Older versions can still read them one by
  /// one, except for a query that is the inner loop of a `CROSS JOIN`. <https://sqlite.org/lang_with.html#mathint>
  package var obeysMaterialized: Bool { self >= SQLiteVersion(number: 3_040_000) }

  /// The version of the library that this process uses, which can be another than the one that it was built with.
  package static var loaded: SQLiteVersion { SQLiteVersion(number: sqlite3_libversion_number()) }

  package static func < (left: SQLiteVersion, right: SQLiteVersion) -> Bool { left.number < right.number }

  /// - Throws: `sqlite_too_old`.
  package func requireFloor() throws(MetaxyError) {
    guard self >= .floor else { throw .sqliteTooOld(self) }
  }
}

extension SQLiteVersion: CustomStringConvertible {
  package var description: String { "\(number / 1_000_000).\(number / 1_000 % 1_000).\(number % 1_000)" }
}
