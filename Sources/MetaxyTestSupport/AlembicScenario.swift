internal import MetaxyEssentials
package import MetaxySchema

/// A pair of schemas with the differences that Alembic finds; where Alembic is wrong, with the correct differences.
package struct AlembicScenario: Sendable, CustomStringConvertible {
  package var id: String
  package var title: String
  package var startSQL: String
  package var targetSQL: String
  /// The operations, as spelt by ``spelling(_:)-(MigrationOperation)``.
  package var expected: [String]
  package var description: String { "\(id): \(title)" }

  /// Returns the scenarios of a database, `sqlite` or `pg`, except the excluded ones.
  package static func all(on database: String, without excluded: Set<String> = []) -> [AlembicScenario] {
    struct File: Decodable {
      var scenarios: [Entry]
    }
    // Other kinds of scenario have other members.
    struct Entry: Decodable {
      var id: String
      var title: String?
      var start_sql: [String]?
      var target_sql: [String]?
      var expected_ops: [String]?
    }
    // Without the file the list is empty, which a test detects by counting.
    let data = (try? Data(contentsOf: URL(filePath: "\(Repository.fixtures)/alembic-scenarios.json"))) ?? Data()
    let entries = (try? JSONDecoder().decode(File.self, from: data))?.scenarios ?? []
    return entries.compactMap { entry in
      guard entry.id.hasPrefix("AG-"), entry.id.hasSuffix("-\(database)"), !excluded.contains(entry.id),
        let start = entry.start_sql, let target = entry.target_sql, let expected = entry.expected_ops
      else { return nil }
      return AlembicScenario(
        id: entry.id, title: entry.title ?? "", startSQL: start.joined(separator: ";\n"),
        targetSQL: target.joined(separator: ";\n"), expected: expected.map(spelling))
    }
  }

  /// Returns the spelling that operations and scenarios share: `add_column t.a`, `remove_index i on t`,
  /// `add_fk on t (a)`.
  package static func spelling(_ operation: MigrationOperation) -> String {
    switch operation {
    case .addConstraint(let addition): spelling(operation, of: addition.constraint)
    case .dropConstraint(let removal): spelling(operation, of: removal.constraint)
    case .createIndex, .dropIndex: "\(operation) on \(operation.table)"
    case .renameConstraint(let rename):
      "\(rename.verb) \(rename.before ?? "") -> \(rename.after ?? "") on \(rename.table)"
    case .renameTable(let rename): "\(rename.verb) \(rename.table) -> \(rename.newName)"
    default: "\(operation)"
    }
  }

  private static func spelling(_ operation: MigrationOperation, of constraint: Constraint) -> String {
    switch constraint {
    case .foreignKey(let key): "\(operation.verb) on \(operation.table) (\(key.columns.joined(separator: ",")))"
    case .unique, .check, .exclusion:
      "\(operation.verb) \(constraint.name?.text ?? "None") on \(operation.table)"
    case .primaryKey: "\(operation.verb) on \(operation.table)"
    }
  }

  private static func spelling(_ expected: String) -> String {
    let words = expected.split(separator: " ").map(String.init)
    switch words[0] {
    case "add_fk", "remove_fk":
      let columns = expected.drop { $0 != "(" }.prefix { $0 != ")" }
      return "\(words[0]) on \(words[3]) \(columns))"
    case "add_constraint", "remove_constraint": return "\(words[0]) \(words[2]) on \(words[4])"
    case "add_primary_key", "remove_primary_key": return "\(words[0]) on \(words[2])"
    case "add_index", "remove_index": return words[0...3].joined(separator: " ")
    case "rename_constraint", "rename_table", "add_enum_value": return expected
    default: return "\(words[0]) \(words[1].filter { $0 != ":" })"
    }
  }
}
