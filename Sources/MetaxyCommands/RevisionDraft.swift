internal import MetaxyErrors
internal import MetaxyRuntime
internal import MetaxySchema
internal import MetaxyScript

/// The content of a revision that is to be written.
struct RevisionDraft {
  var sections: [RevisionSection]
  var record: RevisionRecord?
  var operations: [String]
  /// What the revision does, where nobody says so.
  var message: String
  /// What whoever writes it has to know.
  var warnings: [String]

  /// Sections to be written by hand; they serve every dialect.
  static let empty = RevisionDraft(
    sections: [RevisionSection(.upgrade), RevisionSection(.downgrade)], record: nil, operations: [],
    message: "empty message", warnings: [])
}

extension RevisionDraft {
  /// Renders operations for the dialect of the live database, forwards and backwards.
  ///
  /// - Throws: what the dialect cannot do in either direction; `rows_in_the_way` for what the rows of this very database
  ///   make impossible.
  init(
    _ operations: [any MigrationOperation], _ comparison: EnvironmentComparison, _ connection: any Connection
  ) throws(MetaxyError) {
    let dialect = comparison.environment.dialect
    let upgrade = try dialect.sections(for: operations, on: comparison.live)
    let downgrade = try dialect.sections(for: operations.undone, on: comparison.upgraded(by: operations))
    try Self.requireNoRows(upgrade.flatMap(\.statements), dialect, connection)
    let forwards = try upgrade.map { section throws(MetaxyError) in try Self.section(.upgrade, section, dialect) }
    let backwards = try downgrade.map { section throws(MetaxyError) in try Self.section(.downgrade, section, dialect) }
    self.init(
      sections: forwards + backwards,
      record: RevisionRecord(of: operations, desired: comparison.desired.schema),
      operations: operations.map(\.description), message: Self.message(for: operations),
      warnings: forwards.flatMap(\.statements).flatMap { $0.comments.map { "upgrade: \($0)" } }
        + downgrade.flatMap(\.statements).flatMap { $0.notes.map { "downgrade: \($0)" } })
  }

  private static func requireNoRows(
    _ statements: [RenderedStatement], _ dialect: any Dialect, _ connection: any Connection
  ) throws(MetaxyError) {
    var inTheWay: [String] = []
    for statement in statements {
      for condition in statement.preconditions {
        let count = try connection.query("SELECT \(condition.count)").first?.first?.integer ?? 0
        if count > 0 { inTheWay.append("\(condition.message), in \(count) \(count == 1 ? "row" : "rows")") }
      }
      guard let table = statement.emptyTable else { continue }
      let rows = try connection.query("SELECT 1 FROM \(SQLWriter(dialect).name(table)) LIMIT 1")
      if !rows.isEmpty { inTheWay += statement.notes }
    }
    guard inTheWay.isEmpty else { throw .rowsInTheWay(inTheWay) }
  }

  /// Puts above each statement what can go wrong on some rows, and what is lost.
  private static func section(
    _ direction: RevisionDirection, _ section: RenderedSection, _ dialect: any Dialect
  ) throws(MetaxyError) -> RevisionSection {
    let tokens = try section.statements.map { statement throws(MetaxyError) in
      try SQLTokenizer.tokens(of: statement.sql, lexicon: dialect.lexicon)
    }
    let losses = dialect.losses(of: tokens)
    let statements = section.statements.enumerated().map { index, statement in
      let lost = losses.filter { $0.statement == index }.compactMap { $0.loss.comment(section.expectation) }
      return RevisionStatement(statement.sql, comments: lost + statement.notes)
    }
    return RevisionSection(
      direction, dialect: dialect.name, turnsForeignKeysOff: section.turnsForeignKeysOff,
      expectation: section.expectation?.description, statements: statements)
  }

  /// `add video, video__crop`, `add video.fps`, `change video`, `change 3 tables`.
  private static func message(for operations: [any MigrationOperation]) -> String {
    // What belongs to a table or a column comes and goes with it.
    let tables = operations.filter { $0 is CreateTable || $0 is DropTable }
    let changed = Set(tables.map(\.table))
    let columns = operations.filter { $0.isAboutColumn && !changed.contains($0.table) }
    let named = tables + columns
    guard !named.isEmpty, named.count <= 4 else {
      let names = Set(operations.map(\.table)).map(\.description)
      return names.count == 1 ? "change \(names[0])" : "change \(names.count) tables"
    }
    let phrases = Dictionary(grouping: named) { $0.verb.prefix { $0 != "_" } }
    return ["rename", "add", "modify", "remove"].compactMap { verb in
      phrases[verb[...]].map { group in
        "\(verb) " + group.map { $0.description.drop { $0 != " " }.dropFirst() }.joined(separator: ", ")
      }
    }.joined(separator: ", ")
  }
}

extension PotentialLoss {
  /// What a reader of the file is told; nil for what is no loss there.
  fileprivate func comment(_ expectation: TableExpectation?) -> String? {
    switch self {
    case .column(_, of: _, isDropped: false): return nil  // the backfill of a new column
    case .replacement(of: let table, keeping: let kept):
      let names = Set(kept.map { $0.folded })
      let lost = (expectation?.columns ?? []).filter { !names.contains($0.folded) }
      return lost.isEmpty
        ? nil : "\(rule): loses the values of \(lost.map { "`\(table).\($0)`" }.joined(separator: ", "))"
    default: return "\(rule): loses \(summary)"
    }
  }
}
