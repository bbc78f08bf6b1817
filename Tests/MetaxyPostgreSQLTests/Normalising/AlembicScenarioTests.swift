import MetaxyFeatures
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite(.timed) struct AlembicScenarioTests {
  private static let scenarios = AlembicScenario.all(on: "pg")
  /// The renames of targets, which SQL cannot express.
  private static let renames = ["AG-029-pg": Renames(tables: ["new_name": "old_name"])]

  @Test func theScenariosAreThere() {
    #expect(Self.scenarios.count == 74)
  }

  @Test(arguments: scenarios)
  func operationsAndTheirOrderAreAlembics(_ scenario: AlembicScenario) throws {
    let dialect = PostgreSQLDialect()
    let database = try ScratchDatabase(scenario.startSQL).database()
    let connection = try database.openForReading()
    let live = try database.introspect(connection, without: isAlembics)
    let target = try ScratchDatabase(scenario.targetSQL).schema(without: isAlembics)
    // A name in the target counts as explicit.
    let desired = target.mapTables { $0.withExplicitNames(by: dialect) }
    let renames = Self.renames[scenario.id, default: Renames()].operations(
      from: live.definition, to: desired, rules: dialect)
    let after = try database.introspect(connection, after: renames, without: isAlembics)
    let normalised = try database.normalised(after, to: desired, connection)
    #expect(normalised.undecided.isEmpty)
    let operations = SchemaComparison(rules: dialect)
      .operations(from: RenamedSchema(live, renames: renames, after: normalised.schema), to: desired)
    // To Alembic an enum type comes with the table that has it, and a generated name stays when its table is renamed.
    let own = operations.filter { !isCreationOfEnum($0) && !(!renames.isEmpty && isNewName($0)) }
    #expect(own.map(AlembicScenario.spelling) == scenario.expected)
  }

  private func isCreationOfEnum(_ operation: MigrationOperation) -> Bool {
    if case .createEnum = operation { true } else { false }
  }

  private func isNewName(_ operation: MigrationOperation) -> Bool {
    if case .renameConstraint = operation { true } else { false }
  }

  private func isAlembics(_ table: TableName) -> Bool { table == "alembic_version" }
}
