import Foundation
import MetaxyTestSupport
import Testing

/// A PostgreSQL server without some of the extensions and libraries that Debian's has, as packages for other uses contain.
///
/// `METAXY_TEST_PARTIAL_SERVER=1` says that the server may be one; without it, a missing part fails the test.
enum PartialServer {
  /// Cancels the test if `text`, the SQL of `name`, needs what the server of `database` does not have, and prints that:
  /// the test runner prints nothing of a case that is cancelled.
  static func requireParts(of text: String, named name: String, on database: EmptyDatabase) throws {
    func cancel(_ missing: String) throws -> Never {
      print("left out: \(name): the server lacks \(missing)")
      try Test.cancel("the server lacks \(missing)")
    }
    guard database.engine == .postgresql, ProcessInfo.processInfo.environment["METAXY_TEST_PARTIAL_SERVER"] == "1"
    else { return }
    let available = Set(try database.rows("SELECT name FROM pg_available_extensions"))
    let needed = text.matches(of: /CREATE EXTENSION (?:IF NOT EXISTS )?(\w+)/).map { String($0.1) }
    let missing = Set(needed).subtracting(available).sorted()
    if !missing.isEmpty { try cancel(missing.joined(separator: ", ")) }
    guard text.contains("provider = icu") else { return }
    // `initdb` makes the collations of ICU that the server has.
    if try database.rows("SELECT FROM pg_collation WHERE collprovider = 'i'").isEmpty {
      try cancel("ICU")
    }
  }
}
