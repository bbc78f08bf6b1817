internal import MetaxyNames
internal import MetaxyRuntime

/// The time at which a statement of a revision runs. Each stage is a section of the file; empty stages are left out.
enum PostgreSQLStage: Int, CaseIterable, Comparable {
  /// New values of enum types, one per section: a value cannot be used before it is committed.
  /// https://www.postgresql.org/docs/current/sql-altertype.html#id-1.9.3.42.7
  case enumValues
  /// Statements that take no time or belong in one transaction.
  case main
  /// Values for existing rows without one, while other sessions are not locked out.
  case backfill
  /// Long statements that run while other sessions read and write: index builds, and validations of all rows.
  case concurrent
  /// Drops of indexes, after the builds of those that replace them; in the same section.
  case drops
  /// Attaches the built indexes and validated constraints to their tables, which takes no time now.
  case attach
  /// Validations of all rows that depend on attached objects.
  case last
  /// Renames, after the statements that use the old names.
  case renames

  static func < (left: PostgreSQLStage, right: PostgreSQLStage) -> Bool { left.rawValue < right.rawValue }

  var runsInTransaction: Bool {
    switch self {
    case .main, .backfill, .attach, .renames: true
    case .enumValues, .concurrent, .drops, .last: false
    }
  }
}

/// A statement with its stage.
struct StagedStatement {
  var stage: PostgreSQLStage
  var statement: RenderedStatement
  /// Whether it locks a table at the beginning of its section.
  private(set) var isLock = false
  /// What it sets where a column is NULL; nil if it sets nothing there.
  var backfill: PostgreSQLBackfillStatement?

  init(_ sql: String, _ stage: PostgreSQLStage = .main, notes: [String] = []) {
    self.stage = stage
    statement = RenderedStatement(sql, notes: notes)
  }

  init(_ statement: RenderedStatement, _ stage: PostgreSQLStage = .main) {
    self.stage = stage
    self.statement = statement
  }

  /// Returns the statement with further notes.
  func noting(_ notes: [String]) -> StagedStatement {
    var noted = self
    noted.statement.notes += notes
    return noted
  }

  /// Returns the lock of a table under its name before the revision. The runner counts the rows that conversions change
  /// after the locks of a section and before its other statements.
  static func lock(_ table: TableName) -> StagedStatement {
    var lock = StagedStatement("LOCK TABLE \(SQLText.identifier(table)) IN ACCESS EXCLUSIVE MODE")
    lock.isLock = true
    return lock
  }
}

extension [StagedStatement] {
  /// The sections in the order of their stages: one for each stage, and one for each table with a backfill.
  var sections: [RenderedSection] {
    PostgreSQLStage.allCases.flatMap { stage in
      stage == .backfill ? backfillSections : [section(of: stage)].compactMap(\.self)
    }
  }

  private func section(of stage: PostgreSQLStage) -> RenderedSection? {
    guard stage != .drops else { return nil }
    let further = stage == .concurrent ? filter { $0.stage == .drops } : []
    let staged = filter { $0.stage == stage } + further
    let locks = staged.filter(\.isLock).uniqued.map(\.statement)
    let statements = locks + staged.filter { !$0.isLock }.map(\.statement)
    return statements.isEmpty ? nil : RenderedSection(statements, runsInTransaction: stage.runsInTransaction)
  }

  /// Rows change in batches, so that no transaction locks many of them, or takes long.
  private var backfillSections: [RenderedSection] {
    let all = filter { $0.stage == .backfill }
    var tables: [TableName] = []
    for table in all.compactMap({ $0.backfill?.table }) where !tables.contains(table) { tables.append(table) }
    return tables.compactMap { table in
      PostgreSQLBackfillStatement.joined(all.filter { $0.backfill?.table == table }).map {
        RenderedSection([$0], batchRows: BatchKey.standardRows)
      }
    }
  }
}
