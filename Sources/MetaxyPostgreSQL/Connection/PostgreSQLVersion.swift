internal import MetaxyErrors

/// The version of a server in libpq's format: 150018 is 15.18, 90624 is 9.6.24.
struct PostgreSQLVersion: Sendable, Hashable, Comparable {
  let number: Int

  /// The minimum version of the server.
  static let floor = PostgreSQLVersion(number: 130_000)

  var major: Int { number / 10_000 }

  static func < (left: PostgreSQLVersion, right: PostgreSQLVersion) -> Bool { left.number < right.number }

  /// - Throws: `server_too_old`.
  func requireFloor(_ database: String) throws(MetaxyError) {
    guard self >= .floor else { throw .serverTooOld(database, self) }
  }
}

extension PostgreSQLVersion: CustomStringConvertible {
  /// The version for display; since 10 it has two parts. https://www.postgresql.org/support/versioning/
  var description: String {
    major >= 10 ? "\(major).\(number % 10_000)" : "\(major).\(number / 100 % 100).\(number % 100)"
  }
}
