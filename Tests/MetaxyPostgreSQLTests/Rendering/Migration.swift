import MetaxyDatabase
import MetaxyErrors
import MetaxyPostgreSQL
import MetaxyRevisions
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

/// A change of schema, from a database with rows to the tables of another one and back.
struct Migration {
  let live: ScratchDatabase
  let target: ScratchDatabase
  let operations: [MigrationOperation]
  let dialect: PostgreSQLDialect
  private let start: RenamedSchema
  private let managesPolicies: Bool

  /// - Parameters:
  ///   - before: DDL, and statements that fill the tables.
  ///   - after: DDL of the desired state, every name of which counts.
  ///   - managesPolicies: whether the row policies are those of a definition, and not of somebody else.
  init(
    from before: String, to after: String, renames: Renames = Renames(), isOnline: Bool = true,
    managesPolicies: Bool = false
  ) throws {
    self.managesPolicies = managesPolicies
    live = try ScratchDatabase(before)
    target = try ScratchDatabase(after)
    dialect = PostgreSQLDialect(isOnline: isOnline)
    let desired = try Self.desired(target, managesPolicies)
    start = try Self.start(live, renames, to: desired, dialect, managesPolicies)
    operations = SchemaComparison(rules: dialect).operations(from: start, to: desired)
  }

  /// The schema of a database as that of a `.sql` file, every property of which counts.
  private static func desired(_ target: ScratchDatabase, _ managesPolicies: Bool) throws -> Schema {
    try LiveSchema(target.schema()).keepingPolicies { _, _ in managesPolicies }.definition.mapTables { table in
      var table = table.withExplicitNames(by: PostgreSQLDialect())
      table.specifiesSettings = true
      return table
    }
  }

  /// The live schema, and as the engine describes it after the renames.
  private static func start(
    _ live: ScratchDatabase, _ renames: Renames, to desired: Schema, _ dialect: PostgreSQLDialect,
    _ managesPolicies: Bool
  ) throws -> RenamedSchema {
    let before = try live.liveSchema().keepingPolicies { _, _ in managesPolicies }
    let operations = renames.operations(from: before.definition, to: desired, rules: dialect)
    guard !operations.isEmpty else { return RenamedSchema(before) }
    let after = try live.database().introspect(try live.connection(), after: operations) { _ in false }
    return RenamedSchema(before, renames: operations, after: after.keepingPolicies { _, _ in managesPolicies })
  }

  /// What the upgrade runs.
  func upgradeSections() throws -> [RenderedSection] {
    try dialect.sections(for: operations, on: start)
  }

  /// What the downgrade runs, as it is written beside the upgrade.
  func downgradeSections() throws -> [RenderedSection] {
    var reverted = RenamedSchema(start.applying(operations))
    reverted.notesObstacles = true
    return try dialect.sections(for: operations.reverseOperations, on: reverted)
  }

  func upgrade() throws { try run(upgradeSections()) }

  func downgrade() throws { try run(downgradeSections()) }

  func run(_ sections: [RenderedSection]) throws {
    let connection = try live.connection()
    for section in sections {
      for statement in section.statements { try requireScannable(statement, section) }
      if section.runsInTransaction {
        try connection.transaction { () throws(MetaxyError) in
          for statement in section.statements { try connection.execute(statement.sql) }
        }
      } else {
        for statement in section.statements { try connection.execute(statement.sql) }
      }
    }
  }

  /// Requires that a written statement is read back unchanged from the file, and allowed in its section.
  private func requireScannable(_ statement: RenderedStatement, _ section: RenderedSection) throws {
    let scanned = try ScannedStatement.statements(of: statement.sql, lexicon: .postgresql)
    try #require(scanned.map(\.sql) == [statement.sql])
    let refusal = StatementRules.refusal(
      of: scanned[0], lexicon: .postgresql, outsideTransaction: !section.runsInTransaction)
    try #require(refusal == nil)
  }

  /// The catalog of a database without the order of columns, as text of another program.
  static func catalog(of database: ScratchDatabase) throws -> [String] {
    try PostgreSQLSignature.lines(at: database.url)
  }

  private static func difference(of database: ScratchDatabase, to catalog: [String]) throws -> [String] {
    Set(try Self.catalog(of: database)).symmetricDifference(catalog).sorted()
  }

  /// Goes up and down, and expects the catalog of the target, then the one of the beginning; a second comparison finds
  /// nothing.
  func goThereAndBack(_ location: Testing.SourceLocation = #_sourceLocation) throws {
    let before = try Self.catalog(of: live)
    try upgrade()
    let above = try Self.difference(of: live, to: Self.catalog(of: target))
    #expect(above == [], sourceLocation: location)
    let desired = try Self.desired(target, managesPolicies)
    let found = try live.liveSchema().keepingPolicies { _, _ in managesPolicies }
    let normalised = try live.database().normalised(found, to: desired, live.connection()).schema
    let second = SchemaComparison(rules: dialect).operations(from: RenamedSchema(normalised), to: desired)
    #expect(second.map(\.description) == [], sourceLocation: location)
    try downgrade()
    let below = try Self.difference(of: live, to: before)
    #expect(below == [], sourceLocation: location)
  }
}
