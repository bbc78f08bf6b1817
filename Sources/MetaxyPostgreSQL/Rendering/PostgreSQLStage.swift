internal import MetaxyRuntime

/// When a statement of a revision runs. Each stage is a section of the file; those without statements are left out.
enum PostgreSQLStage: Int, CaseIterable, Comparable {
  /// New values of enum types, each by itself: until it is committed, none can be used.
  /// https://www.postgresql.org/docs/current/sql-altertype.html#id-1.9.3.42.7
  case enumValues
  /// All that is done at once, or takes no time.
  case main
  /// Values for rows that have none, so long as nobody else is locked out.
  case backfill
  /// What takes its time beside others who read and write: index builds, and the look at all rows.
  case concurrent
  /// What was built or looked at becomes part of its table, which now takes no time.
  case attach
  /// The look at all rows by what was waiting for that.
  case last
  /// Renames, where what comes before has the names that were.
  case renames

  static func < (left: PostgreSQLStage, right: PostgreSQLStage) -> Bool { left.rawValue < right.rawValue }

  var runsInTransaction: Bool {
    switch self {
    case .main, .backfill, .attach, .renames: true
    case .enumValues, .concurrent, .last: false
    }
  }
}

/// A statement with the time at which it runs.
struct StagedStatement {
  var stage: PostgreSQLStage
  var statement: RenderedStatement

  init(_ sql: String, _ stage: PostgreSQLStage = .main, notes: [String] = []) {
    self.stage = stage
    statement = RenderedStatement(sql, notes: notes)
  }

  init(_ statement: RenderedStatement, _ stage: PostgreSQLStage = .main) {
    self.stage = stage
    self.statement = statement
  }
}

extension [StagedStatement] {
  /// One section for each stage, in their order.
  var sections: [RenderedSection] {
    PostgreSQLStage.allCases.compactMap { stage in
      let statements = filter { $0.stage == stage }.map(\.statement)
      return statements.isEmpty ? nil : RenderedSection(statements, runsInTransaction: stage.runsInTransaction)
    }
  }
}
