import MetaxyFeatures
import MetaxyNames
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite(.timed) struct AlembicScenarioTests {
  /// What these need is not there yet, or not meant to be.
  private static let outOfScope: Set<String> = [
    "AG-029-sqlite"  // a renamed table is declared with `renamedFrom`, which SQL alone cannot say
  ]
  private static let scenarios = AlembicScenario.all(on: "sqlite", without: outOfScope)

  @Test func theScenariosAreThere() {
    #expect(Self.scenarios.count == 52 - Self.outOfScope.count)
  }

  @Test(arguments: scenarios)
  func operationsAndTheirOrderAreAlembics(_ scenario: AlembicScenario) throws {
    func schema(_ sql: String) throws -> Schema {
      try ScratchDatabase(sql).schema().filter { $0.name != "alembic_version" }
    }
    let live = try schema(scenario.startSQL)
    // A name in the target counts as explicit.
    let desired = Schema(try schema(scenario.targetSQL).sorted.map { $0.withExplicitNames(by: SQLiteDialect()) })
    let operations = SchemaComparison(rules: SQLiteDialect()).operations(from: live, to: desired)
    #expect(operations.map(AlembicScenario.spelling) == scenario.expected)
  }
}
