internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySQLiteDriver

/// Measures what statements lose in a SQLite file.
///
/// SQLite has no procedures and no dynamic SQL, so what a statement does to tables and columns is in its text; what it
/// does to rows, through views, triggers and foreign keys, is counted.
final class SQLiteLossMeter: LossMeter {
  private let session: SQLiteConnection
  private let counter: SQLiteRowCounter
  /// The tables that existed before the section and still exist, by their folded names now; none if no statement of the section
  /// can lose anything.
  private var tables: [String: SQLiteMeasuredTable]
  /// The copies of tables that gave values another spelling, by the folded names of both tables.
  private var renamingCopies: [[String]: [String: ValueCase]] = [:]

  init(_ session: SQLiteConnection, _ statements: [[SQLToken]]) throws(MetaxyError) {
    self.session = session
    counter = try SQLiteRowCounter(session)
    tables = statements.allSatisfy { Kind($0) == .harmless } ? [:] : try session.measuredTables()
  }

  /// What a statement can lose.
  private enum Kind {
    /// Nothing: it creates or adds something.
    case harmless
    case tableDrop
    case tableAlteration
    case rowChange

    init(_ tokens: [SQLToken]) {
      var words = TokenReader(tokens)
      if words.skip("DROP", "TABLE") {
        self = .tableDrop
      } else if words.skip("ALTER", "TABLE") {
        _ = words.qualifiedName()
        self = words.skip("ADD") ? .harmless : .tableAlteration
      } else {
        let isChange = tokens.first?.isWord(in: "INSERT", "REPLACE", "UPDATE", "DELETE", "WITH") == true
        self = isChange ? .rowChange : .harmless
      }
    }
  }

  func measure(
    _ statement: MeasuredStatement, _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> Measurement {
    var words = TokenReader(statement.tokens)
    switch Kind(statement.tokens) {
    case .harmless: return Measurement(changedRows: try body())
    case .tableDrop:
      _ = (words.skip("DROP", "TABLE"), words.skip("IF", "EXISTS"))
      return try measureDrop(of: try target(words.qualifiedName()), statement, body)
    case .tableAlteration:
      _ = words.skip("ALTER", "TABLE")
      return try measureAlteration(of: try target(words.qualifiedName()), words, body)
    case .rowChange:
      if let copy = SQLiteRenamingCopy(statement.tokens) {
        renamingCopies[[copy.source.folded, copy.target.folded]] = copy.values
      }
      return try measureRows(statement, without: nil, body)
    }
  }

  /// Every effect of a statement occurs with it.
  func finish() throws(MetaxyError) -> [MeasuredLoss] { [] }

  /// The table that a name in a statement denotes, if it existed before the section. A temporary one goes first.
  /// https://sqlite.org/lang_naming.html
  private func target(_ name: TableName?) throws(MetaxyError) -> SQLiteMeasuredTable? {
    guard let name else { return nil }
    if let schema = name.schema {
      guard schema.folded == "main" else { return nil }
    } else if try session.hasTemporary(name.name) {
      return nil
    }
    return tables[name.name.folded]
  }
}

// Tables and columns that go.
extension SQLiteLossMeter {
  private func measureDrop(
    of table: SQLiteMeasuredTable?, _ statement: MeasuredStatement, _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> Measurement {
    guard let table else { return try measureRows(statement, without: nil, body) }
    let successor = try successor(of: table, statement.following)
    var losses: [MeasuredLoss] = []
    if let successor {
      let isConversionAllowed = statement.allowedRulesOfSection.contains(RowCondition.conversionRule)
      losses = try SQLiteReplacement(
        session: session, old: table, new: successor, comparesConverted: !isConversionAllowed,
        renamedValues: renamingCopies[[table.name.folded, successor.folded]] ?? [:]
      ).losses()
    } else {
      let count = try session.countRows(of: table.name)
      if count > 0 { losses = [MeasuredLoss(.table, TableName(table.originalName), count: count)] }
    }
    // SQLite deletes the rows first, with all effects of foreign keys. https://sqlite.org/foreignkeys.html#fk_schemacommands
    var result = try measureRows(statement, without: table, body)
    tables[table.name.folded] = nil
    if let successor { try take(place: table, successor) }
    result.losses = losses + result.losses
    return result
  }

  /// The table that the section itself created to take the place of one that it drops: it has the name already, or gets it
  /// by a later statement.
  private func successor(
    of table: SQLiteMeasuredTable, _ following: ArraySlice<[SQLToken]>
  ) throws(MetaxyError) -> String? {
    let names = [table.name.folded, table.originalName.folded]
    var candidates: [String] = table.originalName.folded == table.name.folded ? [] : [table.originalName]
    for statement in following {
      var words = TokenReader(statement)
      guard words.skip("ALTER", "TABLE"), let old = words.tableName(), words.skip("RENAME", "TO"),
        let new = words.name(), names.contains(new.folded)
      else { continue }
      candidates.append(old.name)
    }
    for candidate in candidates where tables[candidate.folded] == nil {
      if try session.hasTable(TableName(candidate)) { return candidate }
    }
    return nil
  }

  private func take(place old: SQLiteMeasuredTable, _ successor: String) throws(MetaxyError) {
    var table = old
    table.name = successor
    table.columns = try session.measuredColumns(of: successor).filter { old.column($0.name) != nil }
    tables[successor.folded] = table
  }

  private func measureAlteration(
    of table: SQLiteMeasuredTable?, _ words: TokenReader, _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> Measurement {
    guard var table else { return Measurement(changedRows: try body()) }
    var words = words
    if words.skip("RENAME", "TO"), let name = words.name() {
      let changedRows = try body()
      tables[table.name.folded] = nil
      table.name = name
      tables[name.folded] = table
      return Measurement(changedRows: changedRows)
    }
    var losses: [MeasuredLoss] = []
    if words.skip("DROP") {
      _ = words.skip("COLUMN")
      if let column = words.name().flatMap(table.column) {
        let count = try session.countValues(of: column.name, in: table.name)
        if count > 0 { losses = [MeasuredLoss(.column(column.name), TableName(table.originalName), count: count)] }
      }
    }
    let before = try session.measuredColumns(of: table.name)
    let changedRows = try body()
    let after = try session.measuredColumns(of: table.name)
    // A renamed column has the same place; a dropped one is missing, and an added one was not there.
    table.columns = table.columns.compactMap { column in
      guard let place = before.firstIndex(where: { $0.name.folded == column.name.folded }) else { return nil }
      return before.count == after.count ? after[place] : after.first { $0.name.folded == column.name.folded }
    }
    tables[table.name.folded] = table
    return Measurement(changedRows: changedRows, losses: losses)
  }
}

// Rows that are deleted or changed.
extension SQLiteLossMeter {
  private func measureRows(
    _ statement: MeasuredStatement, without dropped: SQLiteMeasuredTable?, _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> Measurement {
    let access = SQLiteStatementAccess(statement.sql, on: session)
    let touched = access.tables.sorted().compactMap { tables[$0] }.filter { $0.name.folded != dropped?.name.folded }
    guard !touched.isEmpty else { return Measurement(changedRows: try body()) }
    let canReplace = try canReplaceRows(statement, access)
    var before: [Int: Int] = [:]
    for (place, table) in touched.enumerated() {
      if canReplace || table.isVirtual { before[place] = try session.countRows(of: table.name) }
      if !table.isVirtual { try watch(table, place, access, countsAll: canReplace) }
    }
    let changedRows: Int
    do {
      changedRows = try body()
    } catch {
      // The current error is more useful, and after a rollback the triggers are gone anyway.
      _ = try? counter.stop()
      throw error
    }
    let count = try counter.stop()
    var losses: [MeasuredLoss] = []
    for (place, table) in touched.enumerated() {
      let name = TableName(table.originalName)
      var deleted = count(place, .delete)
      if let before = before[place] {
        // What no trigger counts: rows that REPLACE deletes, and those of a virtual table.
        deleted = max(deleted, try before + count(place, .insert) - session.countRows(of: table.name))
      }
      if deleted > 0 { losses.append(MeasuredLoss(.deletedRows, name, count: deleted)) }
      let overwritten = count(place, .overwrite)
      if overwritten > 0 { losses.append(MeasuredLoss(.changedRows, name, count: overwritten)) }
    }
    return Measurement(changedRows: changedRows, losses: losses)
  }

  private func watch(
    _ table: SQLiteMeasuredTable, _ place: Int, _ access: SQLiteStatementAccess, countsAll: Bool
  ) throws(MetaxyError) {
    if countsAll { try counter.watch(table.name, place, .insert) }
    if countsAll || access.deleted.contains(table.name.folded) { try counter.watch(table.name, place, .delete) }
    let updated = access.updated[table.name.folded] ?? []
    // The rowid is the column that is its alias, if there is one. https://sqlite.org/lang_createtable.html#rowid
    let columns = table.columns.filter { updated.contains("rowid") || updated.contains($0.name.folded) }
    guard !columns.isEmpty else { return }
    let conditions = columns.map { column in
      let name = SQLText.identifier(column.name)
      return "(OLD.\(name) IS NOT NULL AND OLD.\(name) COLLATE BINARY IS NOT NEW.\(name))"
    }
    try counter.watch(table.name, place, .overwrite, when: conditions.joined(separator: " OR "))
  }

  /// Whether the statement, a trigger or a constraint may delete rows by conflict resolution, which fires no trigger.
  /// https://sqlite.org/lang_conflict.html
  private func canReplaceRows(
    _ statement: MeasuredStatement, _ access: SQLiteStatementAccess
  ) throws(MetaxyError) -> Bool {
    if statement.tokens.contains(where: { $0.isWord("REPLACE") }) { return true }
    let names = access.inserted.union(access.updated.keys).map(SQLText.literal).joined(separator: ", ")
    return try session.number(
      """
      SELECT count(*) FROM (SELECT type, tbl_name, sql FROM main.sqlite_master UNION ALL
        SELECT type, tbl_name, sql FROM temp.sqlite_master)
      WHERE sql LIKE '%replace%' AND (type = 'trigger' OR lower(tbl_name) IN (\(names)))
      """) > 0
  }
}
