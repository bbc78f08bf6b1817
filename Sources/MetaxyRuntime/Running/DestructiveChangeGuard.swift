internal import MetaxyDatabase
internal import MetaxyErrors
package import MetaxyNames
internal import MetaxyRevisions
internal import MetaxySQL

/// Refuses statements that would lose data without consent.
///
/// An empty table and a column with only NULL lose nothing, so it checks the rows before it refuses.
struct DestructiveChangeGuard {
  let dialect: any Dialect
  /// `--allow-destructive`: whether every loss is allowed.
  let allowsEverything: Bool

  /// A loss without consent.
  struct Loss: Sendable, Hashable {
    var potential: PotentialLoss
    var place: String
  }

  /// What the statements of a section can lose, by their places in it.
  typealias Stated = [(statement: Int, loss: PotentialLoss)]

  /// Reads what the statements of `section` can lose; nothing where everything is consented to.
  func stated(by section: RevisionSection) throws(MetaxyError) -> Stated {
    guard !allowsEverything else { return [] }
    let tokens = try section.statements.map { statement throws(MetaxyError) in
      try SQLTokenizer.tokens(of: statement.sql, lexicon: dialect.lexicon)
    }
    return dialect.losses(of: tokens)
  }

  /// Returns what `section` would lose now and nobody consented to.
  ///
  /// - Parameters:
  ///   - stated: what its statements can lose, read once for all of them.
  ///   - only: one of its statements alone; nil for all.
  func losses(
    of section: RevisionSection, _ stated: Stated, only: Int? = nil, in file: RevisionFile,
    _ connection: any Connection
  ) throws(MetaxyError) -> [Loss] {
    guard only == nil || stated.contains(where: { $0.statement == only }) else { return [] }
    var losses: [Loss] = []
    let following = section.turnsForeignKeysOff ? [] : try lossesThatFollow(stated, connection)
    for (index, loss) in stated + following where only == nil || only == index {
      let statement = section.statements[index]
      guard !statement.allowances.contains(where: { $0.rule.uppercased() == loss.rule }) else { continue }
      let place = statement.position.map { "\(file.path):\($0.line)" } ?? file.path
      losses += try realLosses(of: loss, connection).map { Loss(potential: $0, place: place) }
    }
    return losses
  }

  /// The rows of other tables that foreign keys delete or change when a table's rows go; none of those that went before.
  private func lossesThatFollow(
    _ stated: Stated, _ connection: any Connection
  ) throws(MetaxyError) -> Stated {
    var gone: Set<String> = []
    var losses: Stated = []
    for (index, loss) in stated {
      switch loss {
      case .table(let table), .rows(of: let table):
        guard let displayText = try displayName(of: table, connection) else { continue }
        gone.insert(displayText.folded)
        for other in try connection.tablesFollowing(displayText) where !gone.contains(other.folded) {
          losses.append((index, .rows(of: try tableName(displayText: other, connection))))
        }
      case .column, .replacement, .tables: continue
      }
    }
    return losses
  }

  /// What there is to lose; a table that is made anew loses the columns that it does not keep.
  private func realLosses(of loss: PotentialLoss, _ connection: any Connection) throws(MetaxyError) -> [PotentialLoss] {
    if case .tables(inSchema: let schema) = loss { return try tables(of: schema, connection) }
    guard let table = loss.tableName, let displayText = try displayName(of: table, connection) else { return [] }
    guard case .replacement(of: let table, keeping: let kept) = loss else {
      return try isReal(loss, of: table, displayText, connection) ? [loss] : []
    }
    let names = Set(kept.map { $0.folded })
    var lost: [PotentialLoss] = []
    for column in try connection.columnNames(of: displayText) where !names.contains(column.folded) {
      let loss = PotentialLoss.column(column, of: table, isDropped: true)
      if try isReal(loss, of: table, displayText, connection) { lost.append(loss) }
    }
    return lost
  }

  /// The tables of a schema that hold rows.
  private func tables(of schema: String, _ connection: any Connection) throws(MetaxyError) -> [PotentialLoss] {
    var lost: [PotentialLoss] = []
    for displayText in try connection.tableNames().sorted() {
      let table = try tableName(displayText: displayText, connection)
      guard (table.schema ?? connection.defaultSchema) == schema else { continue }
      let loss = PotentialLoss.table(table)
      if try isReal(loss, of: table, displayText, connection) { lost.append(loss) }
    }
    return lost
  }

  /// The table that a connection shows under this name, in which a dot may end the schema's or be a part.
  private func tableName(displayText: String, _ connection: any Connection) throws(MetaxyError) -> TableName {
    let whole = TableName(displayText)
    guard try !connection.hasTable(whole) else { return whole }
    for dot in displayText.indices where displayText[dot] == "." {
      let name = TableName(String(displayText[displayText.index(after: dot)...]), schema: String(displayText[..<dot]))
      if try connection.hasTable(name) { return name }
    }
    return whole
  }

  /// The table's name as the connection shows it; nil where there is no such table.
  ///
  /// One that a statement writes with the schema in which names without one are found is shown without it.
  private func displayName(of table: TableName, _ connection: any Connection) throws(MetaxyError) -> String? {
    let tables = try connection.tableNames()
    let isInDefault = table.schema.map { $0.folded == connection.defaultSchema.folded } ?? true
    let names = isInDefault ? [table.name] : [table.description]
    return names.first(where: tables.contains)
      ?? names.lazy.compactMap { name in tables.first { $0.folded == name.folded } }.first
  }

  private func isReal(
    _ loss: PotentialLoss, of table: TableName, _ displayText: String, _ connection: any Connection
  ) throws(MetaxyError) -> Bool {
    var query = "SELECT 1 FROM \(SQLWriter(dialect).name(table))"
    if case .column(let column, of: _, isDropped: _) = loss {
      // What was computed can be computed again.
      if try connection.computedColumns(of: displayText).contains(where: { $0.folded == column.folded }) {
        return false
      }
      // A column that is not there: the statement itself says so, in the engine's words.
      let names = try connection.columnNames(of: displayText).map { $0.folded }
      guard names.contains(column.folded) else { return false }
      query += " WHERE \(dialect.quoted(column)) IS NOT NULL"
    }
    return try !connection.query("\(query) LIMIT 1").isEmpty
  }
}

extension PotentialLoss {
  /// The table with the loss; nil if it is not a single table.
  package var tableName: TableName? {
    switch self {
    case .tables: nil
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
    case .replacement(of: let table, keeping: _): "columns of `\(table)` with their values"
    }
  }
}
