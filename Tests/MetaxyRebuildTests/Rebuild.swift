import MetaxyDatabase
import MetaxyErrors
import MetaxyNames
import MetaxyRevisions
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport

/// A database that is taken from one schema to another and back, as the commands do it: compared, rendered, run.
struct Rebuild {
  let file: DatabaseFile
  /// A database that was made in the new schema.
  let fresh: DatabaseFile
  let database: SQLiteDatabase
  let operations: [MigrationOperation]
  /// What the rows must not be before.
  let conditions: [RowCondition]
  /// May be edited, as people edit files.
  var sections: [RevisionSection]

  /// - Parameters:
  ///   - before: makes the database, rows included.
  ///   - after: makes the schema that it is taken to.
  ///   - declared: what is renamed.
  init(from before: String, to after: String, renames declared: Renames = Renames()) throws {
    let directory = try TemporaryDirectory.untilExit()
    file = DatabaseFile(path: "\(directory)/a.db")
    fresh = DatabaseFile(path: "\(directory)/fresh.db")
    try file.run("BEGIN; \(before); COMMIT")
    try fresh.run(after)
    database = SQLiteDatabase(path: file.path, displayName: "a.db")
    let live = try Self.schema(of: file)
    let desired = try Self.schema(of: fresh).definition
    let dialect = SQLiteDialect()
    let renames = declared.operations(from: live.definition, to: desired, rules: dialect)
    let renamed = RenamedSchema(
      live, renames: renames,
      after: try database.introspect(try database.openForReading(), after: renames) { _ in false })
    operations = SchemaComparison(rules: dialect).operations(from: renamed, to: desired)
    let upgrade = try dialect.sections(for: operations, on: renamed)
    conditions = upgrade.flatMap(\.statements).flatMap(\.preconditions)
    sections =
      upgrade.map { Self.section(.upgrade, $0) }
      + (try dialect.sections(for: operations.reverseOperations, on: RenamedSchema(renamed.applying(operations))))
      .map { Self.section(.downgrade, $0) }
  }

  private static func schema(of file: DatabaseFile) throws -> LiveSchema {
    let database = SQLiteDatabase(path: file.path, displayName: "a.db")
    return try database.introspect(try database.openForReading()) { _ in false }
  }

  private static func section(_ direction: RevisionDirection, _ section: RenderedSection) -> RevisionSection {
    RevisionSection(
      direction, dialect: "sqlite", turnsForeignKeysOff: section.turnsForeignKeysOff,
      expectation: section.expectation?.attributeText, statements: section.statements.map { RevisionStatement($0.sql) })
  }

  /// Returns the number of violating rows by message.
  func violatingRows() throws -> [String: Int] {
    let connection = try database.openForReading()
    let counts = try conditions.map { condition in
      (condition.message, Int(try connection.query("SELECT \(condition.count)").first?.first?.integer ?? -1))
    }
    return Dictionary(counts) { $0 + $1 }.filter { $0.value != 0 }
  }

  /// Whether any table is rebuilt, in either direction.
  var makesTablesAnew: Bool { sections.contains { $0.expectation != nil } }

  /// The revision, as its file reads.
  func revision() throws -> RevisionFile {
    let written = RevisionFile(path: "a.sql", message: "m", revision: "aa", sections: sections)
    return try RevisionFile(parsing: written.rendered(), path: "a.sql", lexicons: ["sqlite": .sqlite])
  }

  func upgrade() throws { try run(try RevisionGraph([revision().node]).plan(upgradeTo: "head", current: [])) }

  func downgrade() throws { try run(try RevisionGraph([revision().node]).plan(downgradeTo: "base", current: ["aa"])) }

  private func run(_ plan: RevisionPlan) throws {
    let runner = Runner(
      database: database, connection: try database.openForWriting(),
      environment: RunnerEnvironment(versionTable: "alembic_version", policy: AccessPolicy { _ in nil }),
      allowsLoss: true, toolVersion: "test", lexicons: ["sqlite": .sqlite])
    let revision = try revision()
    try runner.run(plan.steps.map { RunStep(revision, $0) }) { _ in }
  }
}

extension MetaxyError {
  /// The messages of the error and of what caused it.
  var wholeMessage: String { message + ((cause as? MetaxyError).map { ": \($0.wholeMessage)" } ?? "") }
}
