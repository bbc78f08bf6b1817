import Foundation
import MetaxyRuntime

/// What a catalog holds, by a query of a program that knows nothing of metaxy.
enum PostgreSQLSignature {
  static func lines(of database: ScratchDatabase) throws -> [String] {
    let connection = try database.connection()
    try connection.execute("SET search_path = ''")
    return try connection.query(query.get()).compactMap { $0.first?.text }
  }

  private static let query = Result {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let program = try String(contentsOf: tests.appendingPathComponent("Fixtures/catalog_signature.py"), encoding: .utf8)
    let parts = program.components(separatedBy: #"PG_SIG=r""""#)
    guard parts.count == 2, let query = parts[1].components(separatedBy: #"""""#).first else { throw ScratchFailure() }
    return query
  }
}
