import Foundation
import MetaxyTestSupport
import Testing

/// A scenario of a command, or of the SQL that it writes, described in prose.
struct CommandScenario: Decodable, Sendable, CustomTestStringConvertible {
  var id: String
  var title: String
  /// `pg`, `sqlite` or `both`.
  var database: String
  /// What comes of it; SQL, where the scenario is about that.
  var expected: String
  var testDescription: String { "\(id): \(title)" }

  var engines: [Engine] {
    Engine.allCases.filter { database == "both" || (database == "pg") == ($0 == .postgresql) }
  }

  static func group(_ name: String) -> [CommandScenario] {
    struct File: Decodable { var scenarios: [Entry] }
    struct Entry: Decodable {
      var scenario: CommandScenario?
      private enum CodingKeys: CodingKey { case group }

      init(from decoder: any Decoder) throws {
        let group = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .group)
        // Those of other groups have other members.
        if ["runtime", "sql"].contains(group) { scenario = try CommandScenario(from: decoder) }
      }
    }
    // Without the file there are none, and a test counts them.
    let data = (try? Data(contentsOf: Scenario.fixtures.appending(path: "alembic-scenarios.json"))) ?? Data()
    let entries = (try? JSONDecoder().decode(File.self, from: data))?.scenarios ?? []
    return entries.compactMap(\.scenario).filter { $0.id.hasPrefix(name == "runtime" ? "RT-" : "SQ-") }
  }
}
