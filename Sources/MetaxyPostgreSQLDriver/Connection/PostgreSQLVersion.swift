internal import MetaxyErrors

/// The version of a server in libpq's format: 150018 is 15.18, 90624 is 9.6.24.
package struct PostgreSQLVersion: Sendable, Hashable, Comparable {
  package let number: Int

  package init(number: Int) { self.number = number }

  /// The minimum version of the server.
  package static let floor = PostgreSQLVersion(number: 130_000)

  package var major: Int { number / 10_000 }

  package static func < (left: PostgreSQLVersion, right: PostgreSQLVersion) -> Bool { left.number < right.number }

  /// - Throws: `server_too_old`.
  func requireFloor(_ database: String) throws(MetaxyError) {
    guard self >= .floor else { throw .serverTooOld(database, self) }
  }
}

extension PostgreSQLVersion: CustomStringConvertible {
  /// The version for display; since 10 it has two parts. https://www.postgresql.org/support/versioning/
  package var description: String {
    major >= 10 ? "\(major).\(number % 10_000)" : "\(major).\(number / 100 % 100).\(number % 100)"
  }
}
