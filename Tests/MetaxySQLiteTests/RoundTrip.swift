import MetaxyErrors
import MetaxyFeatures
import MetaxyRevisions
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema

/// Takes a database to a desired schema and back, as the commands do: compared, rendered, run.
struct RoundTrip {
  static let books = ["alembic_version", "alembic_version_log"]

  let scratch: ScratchDatabase
  let desired: Schema
  let operations: [MigrationOperation]
  private let file: RevisionFile

  init(_ scratch: ScratchDatabase, to desired: Schema, renames declared: Renames = Renames()) throws {
    self.scratch = scratch
    self.desired = desired
    let dialect = SQLiteDialect()
    let live = try scratch.liveSchema().filter { !Self.books.contains($0.name) }
    let renames = declared.operations(from: live.definition, to: desired, rules: dialect)
    let after = renames.isEmpty ? live : try scratch.schema(after: renames, without: Self.books)
    let renamed = RenamedSchema(live, renames: renames, after: after)
    operations = SchemaComparison(rules: dialect).operations(from: renamed, to: desired)
    func sections(
      _ direction: RevisionDirection, _ operations: [MigrationOperation], on schema: RenamedSchema
    ) throws -> [RevisionSection] {
      try dialect.sections(for: operations, on: schema).map { section in
        RevisionSection(
          direction, dialect: "sqlite", turnsForeignKeysOff: section.turnsForeignKeysOff,
          expectation: section.expectation?.attributeText,
          statements: section.statements.map { RevisionStatement($0.sql) })
      }
    }
    // A downgrade starts with the state after the upgrade, including triggers and views, which are not managed.
    let upgraded = RenamedSchema(renamed.applying(operations))
    let sections =
      try sections(.upgrade, operations, on: renamed)
      + sections(.downgrade, operations.reverseOperations, on: upgraded)
    // The statements that run are those that are read back from the file.
    let written = RevisionFile(path: "a.sql", message: "m", revision: "aa", sections: sections)
    file = try RevisionFile(parsing: written.rendered(), path: "a.sql", lexicons: ["sqlite": .sqlite])
  }

  func upgrade() throws {
    try run(try RevisionGraph([file.node]).plan(upgradeTo: "head", current: []))
  }

  func downgrade() throws {
    try run(try RevisionGraph([file.node]).plan(downgradeTo: "base", current: ["aa"]))
  }

  private func run(_ plan: RevisionPlan) throws {
    let runner = Runner(
      database: scratch.database, connection: try scratch.database.openForWriting(),
      environment: RunnerEnvironment(versionTable: "alembic_version", policy: AccessPolicy { _ in nil }),
      allowsLoss: true, toolVersion: "test", lexicons: ["sqlite": .sqlite])
    try runner.run(plan.steps.map { RunStep(file, $0) }) { _ in }
  }
}
