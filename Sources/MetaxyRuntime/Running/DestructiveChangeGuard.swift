internal import MetaxyDatabase
internal import MetaxyErrors
package import MetaxyNames
internal import MetaxyRevisions
internal import MetaxySQL
internal import MetaxySchema

/// Reads what statements would lose without consent, so that a run is refused before its first statement.
///
/// This is the early warning: it knows what is written in the statements. What they really lose, through triggers and
/// functions too, a ``LossMeter`` counts while they run. An empty table and a column with only NULL lose nothing, so
/// the rows are checked before a statement is refused.
struct DestructiveChangeGuard {
  let dialect: any Dialect
  /// `--allow-destructive`: whether every loss is allowed.
  let allowsEverything: Bool

  /// A loss without consent.
  struct Loss: Sendable, Hashable {
    var potential: PotentialLoss
    var place: String
    /// The query that counted the rows; nil if there is none.
    var query: String?
    /// Some of these rows, as texts.
    var examples: [String] = []
  }

  /// The potential losses of the statements of a section, with their positions in it.
  typealias PotentialLosses = [(statement: Int, loss: PotentialLoss)]

  /// Returns the potential losses of the statements of `section`; none if every loss is allowed.
  func potentialLosses(of section: RevisionSection) throws(MetaxyError) -> PotentialLosses {
    guard !allowsEverything else { return [] }
    let tokens = try section.statements.map { statement throws(MetaxyError) in
      try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
    }
    return dialect.losses(of: tokens)
  }

  /// Returns what `section` would lose now without consent.
  ///
  /// - Parameters:
  ///   - potentialLosses: the potential losses of its statements.
  ///   - only: the position of a single statement; nil for all.
  func losses(
    of section: RevisionSection, _ potentialLosses: PotentialLosses, only: Int? = nil, in file: RevisionFile,
    _ connection: any Connection
  ) throws(MetaxyError) -> [Loss] {
    guard potentialLosses.contains(where: { only == nil || $0.statement == only }) else { return [] }
    let live = try LiveTableNames(connection, dialect)
    var losses: [Loss] = []
    let following = section.turnsForeignKeysOff ? [] : try lossesByForeignKeys(potentialLosses, live, connection)
    for (index, loss) in potentialLosses + following where only == nil || only == index {
      let statement = section.statements[index]
      guard !statement.allows(loss.rule) else { continue }
      let place = statement.position.map { "\(file.path):\($0.line)" } ?? file.path
      losses += try realLosses(of: loss, live, connection).map { Loss(potential: $0, place: place) }
    }
    return losses
  }

  /// The rows of other tables that foreign keys delete or change when rows of a table are deleted, except rows that are
  /// already lost.
  private func lossesByForeignKeys(
    _ potentialLosses: PotentialLosses, _ live: LiveTableNames, _ connection: any Connection
  ) throws(MetaxyError) -> PotentialLosses {
    var gone: Set<TableName> = []
    var losses: PotentialLosses = []
    for (index, loss) in potentialLosses {
      let name: TableName
      let isDropped: Bool
      switch loss {
      case .table(let table): (name, isDropped) = (table, true)
      case .rows(of: let table): (name, isDropped) = (table, false)
      case .column, .replacement, .tables, .values: continue
      }
      guard let table = live[name] else { continue }
      gone.insert(table)
      // Rows that do not exist take no others with them.
      guard try isReal(loss, live, connection) else { continue }
      for other in try connection.tablesFollowing(table, whenDropped: isDropped) where !gone.contains(other) {
        losses.append((index, .rows(of: other)))
      }
    }
    return losses
  }

  /// The losses of existing data: a rebuilt table loses the columns that it does not keep, a dropped schema its tables.
  private func realLosses(
    of loss: PotentialLoss, _ live: LiveTableNames, _ connection: any Connection
  ) throws(MetaxyError) -> [PotentialLoss] {
    var real: [PotentialLoss] = []
    for candidate in try candidates(of: loss, live, connection) where try isReal(candidate, live, connection) {
      real.append(candidate)
    }
    return real
  }

  private func candidates(
    of loss: PotentialLoss, _ live: LiveTableNames, _ connection: any Connection
  ) throws(MetaxyError) -> [PotentialLoss] {
    switch loss {
    case .table, .column, .rows, .values: return [loss]
    case .tables(inSchema: let schema): return live.names(inSchema: schema).map { .table($0) }
    case .replacement(of: let name, keeping: let kept):
      guard let table = live[name] else { return [] }
      return try droppedColumns(of: table, keeping: kept, connection).map { .column($0, of: name, isDropped: true) }
    }
  }

  private func droppedColumns(
    of table: TableName, keeping kept: [String], _ connection: any Connection
  ) throws(MetaxyError) -> [String] {
    let names = Set(kept.map { dialect.folded($0) })
    return try connection.columnNames(of: table).filter { !names.contains(dialect.folded($0)) }
  }

  private func isReal(
    _ loss: PotentialLoss, _ live: LiveTableNames, _ connection: any Connection
  ) throws(MetaxyError) -> Bool {
    // A table or a column that does not exist: the statement itself fails, with the engine's message.
    guard let name = loss.tableName, let table = live[name] else { return false }
    var query = "SELECT 1 FROM \(SQLWriter(dialect).name(name))"
    if case .column(let column, of: _, isDropped: _) = loss {
      func isColumn(_ name: String) -> Bool { dialect.folded(name) == dialect.folded(column) }
      // The values of a generated column can be computed again.
      guard try connection.columnNames(of: table).contains(where: isColumn),
        try !connection.computedColumns(of: table).contains(where: isColumn)
      else { return false }
      query += " WHERE \(dialect.quoted(column)) IS NOT NULL"
    }
    return try !connection.query("\(query) LIMIT 1").isEmpty
  }
}

extension PotentialLoss {
  /// The table with the loss; nil if it is not a single table.
  package var tableName: TableName? {
    switch self {
    case .tables, .values: nil
    case .table(let table), .column(_, of: let table, isDropped: _), .rows(of: let table),
      .replacement(of: let table, keeping: _):
      table
    }
  }

  /// The loss for display.
  package var displayText: String {
    switch self {
    case .table(let table): "the table `\(table)` with its rows"
    case .tables(inSchema: let schema): "all tables of the schema `\(schema)` with their rows"
    case .column(let column, of: let table, isDropped: _): "the values of `\(table).\(column)`"
    case .rows(of: let table): "all rows of `\(table)`"
    case .values(let message, rows: let rows, rule: _): "\(message): \(Wording.count(Int(rows), "row"))"
    case .replacement(of: let table, keeping: _): "columns of `\(table)` with their values"
    }
  }
}
