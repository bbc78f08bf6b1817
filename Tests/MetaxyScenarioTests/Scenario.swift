import Foundation
import MetaxyTestSupport
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

  static let fixtures = URL(filePath: Repository.fixtures)

  /// The scenarios of a group on `database`, which is `sqlite` or `pg`.
  static func group(_ name: String, on wanted: String = "sqlite") -> [Scenario] {
    struct File: Decodable {
      var scenarios: [Entry]
    }
    struct Entry: Decodable {
      var database: String?
      var scenario: Scenario?
      private enum CodingKeys: CodingKey { case group, database }

      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let group = try container.decodeIfPresent(String.self, forKey: .group)
        database = try container.decodeIfPresent(String.self, forKey: .database)
        // Those of other groups have other members.
        if ["autogenerate", "sqlite_batch"].contains(group) { scenario = try Scenario(from: decoder) }
      }
    }
    // Without the file there are none, and a test counts them.
    let data = (try? Data(contentsOf: fixtures.appending(path: "alembic-scenarios.json"))) ?? Data()
    let entries = (try? JSONDecoder().decode(File.self, from: data))?.scenarios ?? []
    return entries.filter { $0.database == wanted }.compactMap(\.scenario).filter {
      $0.id.hasPrefix(name == "autogenerate" ? "AG-" : "BA-")
    }
  }

  /// The operations as `metaxy` spells them: `add_column t.a INTEGER` is `add_column t.a`.
  var spelling: [String]? { expected?.map(Self.spelling) }

  static func spelling(_ expected: String) -> String {
    let words = expected.split(separator: " ").map(String.init)
    let list = expected.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }.split(separator: ",").joined(
      separator: ", ")
    switch words[0] {
    case "add_fk" where words[1] == "None", "remove_fk" where words[1] == "None":
      let target = (expected.components(separatedBy: " -> ").last ?? "").split(separator: " ")[0].split(separator: ".")
      return "\(words[0]) foreign key (\(list)) references \(target[0]) (\(target[1]))"
    case "add_constraint", "remove_constraint": return "\(words[0]) \(words[2])"
    case "add_primary_key", "remove_primary_key": return "\(words[0]) primary key (\(list))"
    default: return "\(words[0]) \(words[1].filter { $0 != ":" })"
    }
  }
}
