import Foundation
import MetaxyFeatures
import MetaxyRuntime
import MetaxySQLite
import MetaxySchema
import Testing

/// What Alembic finds between two schemas, where it is right; elsewhere what it should find.
struct AlembicScenario: Decodable, Sendable, CustomTestStringConvertible {
  var id: String
  var title: String
  var startSQL: [String]
  var targetSQL: [String]
  var expected: [String]
  var testDescription: String { "\(id): \(title)" }

  private enum CodingKeys: String, CodingKey {
    case id, title
    case startSQL = "start_sql"
    case targetSQL = "target_sql"
    case expected = "expected_ops"
  }

  /// What these need is not there yet, or not meant to be.
  static let outOfScope = [
    "AG-029-sqlite": "a renamed table is declared with `renamedFrom`, which SQL alone cannot say"
  ]

  static let all: [AlembicScenario] = {
    struct File: Decodable {
      var scenarios: [Lenient]
    }
    struct Lenient: Decodable {
      var scenario: AlembicScenario?
      init(from decoder: any Decoder) { scenario = try? AlembicScenario(from: decoder) }
    }
    let file = CatalogSignature.fixtures.appendingPathComponent("alembic-scenarios.json")
    let scenarios = (try? JSONDecoder().decode(File.self, from: Data(contentsOf: file)))?.scenarios ?? []
    return scenarios.compactMap(\.scenario).filter {
      $0.id.hasPrefix("AG-") && $0.id.hasSuffix("-sqlite") && outOfScope[$0.id] == nil
    }
  }()
}

@Suite struct AlembicScenarioTests {
  @Test func theScenariosAreThere() {
    #expect(AlembicScenario.all.count == 52 - AlembicScenario.outOfScope.count)
  }

  @Test(arguments: AlembicScenario.all)
  func operationsAndTheirOrderAreAlembics(_ scenario: AlembicScenario) throws {
    func schema(_ sql: [String]) throws -> Schema {
      try ScratchDatabase(sql.joined(separator: ";\n")).schema().filter { $0.name != "alembic_version" }
    }
    let live = try schema(scenario.startSQL)
    // A name in the target is one that somebody gave.
    let desired = Schema(try schema(scenario.targetSQL).sorted.map(\.withGivenNames))
    let operations = SchemaComparison(rules: SQLiteDialect()).operations(from: live, to: desired)
    #expect(operations.map(Self.spelling) == scenario.expected.map(Self.spelling))
  }

  /// `add_column t.a`, `remove_index i on t`, `add_fk on t (a) -> p.b`: what is said in both forms.
  private static func spelling(_ operation: any MigrationOperation) -> String {
    let constraint = (operation as? AddConstraint)?.constraint ?? (operation as? DropConstraint)?.constraint
    switch constraint {
    case .foreignKey(let key): return "\(operation.verb) on \(operation.table) (\(key.columns.joined(separator: ",")))"
    case .unique, .check, .exclusion:
      return "\(operation.verb) \(constraint?.name?.text ?? "None") on \(operation.table)"
    case .primaryKey: return "\(operation.verb) on \(operation.table)"
    case nil: break
    }
    return operation is CreateIndex || operation is DropIndex ? "\(operation) on \(operation.table)" : "\(operation)"
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
    default: return "\(words[0]) \(words[1].filter { $0 != ":" })"
    }
  }
}
