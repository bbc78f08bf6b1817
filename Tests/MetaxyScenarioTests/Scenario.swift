import Foundation
import Testing

/// A scenario taken from Alembic: two schemas, or a schema with what Alembic's batch mode does to it.
struct Scenario: Decodable, Sendable, CustomTestStringConvertible {
  var id: String
  var title: String
  var startSQL: [String]
  var startData: [String]?
  var targetSQL: [String]?
  /// The operations: those of Alembic, or the right ones where Alembic is wrong.
  var expected: [String]?
  var testDescription: String { "\(id): \(title)" }

  private enum CodingKeys: String, CodingKey {
    case id, title
    case startSQL = "start_sql"
    case startData = "start_data_sql"
    case targetSQL = "target_sql"
    case expected = "expected_ops"
  }

  static let fixtures = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  /// The scenarios of a group on SQLite.
  static func group(_ name: String) -> [Scenario] {
    struct File: Decodable {
      var scenarios: [Entry]
    }
    struct Entry: Decodable {
      var isWanted: Bool
      var scenario: Scenario?
      private enum CodingKeys: CodingKey { case group, database }

      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let group = try container.decodeIfPresent(String.self, forKey: .group)
        let database = try container.decodeIfPresent(String.self, forKey: .database)
        isWanted = database == "sqlite" && ["autogenerate", "sqlite_batch"].contains(group)
        if isWanted { scenario = try Scenario(from: decoder) }
      }
    }
    // Without the file there are none, and a test counts them.
    let data = (try? Data(contentsOf: fixtures.appending(path: "alembic-scenarios.json"))) ?? Data()
    let entries = (try? JSONDecoder().decode(File.self, from: data))?.scenarios ?? []
    return entries.compactMap(\.scenario).filter { $0.id.hasPrefix(name == "autogenerate" ? "AG-" : "BA-") }
  }
}
