internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// Rebuilds a table that ALTER TABLE cannot change: SQLite's procedure, as SQL that a reviewer can read.
///
/// The comments quote its steps. The runner does the first two and the last ones: foreign keys off, the transaction,
/// the check of the foreign keys, the commit. https://sqlite.org/lang_altertable.html#otheralter
struct SQLiteRebuild {
  let dialect: SQLiteDialect
  private let live: LiveTable
  let new: Table
  private let copy: SQLiteRowCopy
  private let preflightChecks: SQLitePreflightChecks

  /// - Parameters:
  ///   - live: the table before the rebuild.
  ///   - tables: all tables before the rebuild.
  ///   - created: the tables that the same operations create.
  ///   - values: the values that get another spelling, by the folded names of their columns.
  init(
    dialect: SQLiteDialect, from live: LiveTable, to new: Table, beside tables: Schema,
    creating created: Set<TableName>,
    renaming values: [String: [RenamedValue]]
  ) {
    self.dialect = dialect
    self.live = live
    self.new = new
    copy = SQLiteRowCopy(dialect: dialect, from: live, to: new, renaming: values)
    preflightChecks = SQLitePreflightChecks(
      dialect: dialect, from: live.definition, to: new, beside: tables, creating: created)
  }

  private var old: Table { live.definition }

  func section() throws(MetaxyError) -> RenderedSection {
    var statements = verification("_metaxy_check_values", copy.checks)
    statements.append(try createTable())
    statements.append(
      RenderedStatement(
        copy.insertion(into: temporaryName), notes: copy.notes + preflightChecks.notes + counterNotes,
        emptyTable: copy.emptyTable, columnsWithoutValue: copy.columnsWithoutValue, examples: copy.examples,
        preconditions: copy.checks + copy.changes + preflightChecks.conditions))
    statements += sequence
    statements += verification("_metaxy_check_rows", [rowCount])
    // > 6. Drop the old table X
    statements.append(RenderedStatement("DROP TABLE \(name(old))"))
    // > 7. Change the name of new_X to X
    statements.append(RenderedStatement("ALTER TABLE \(temporaryName) RENAME TO \(name(new))"))
    // > 8. Use CREATE INDEX, CREATE TRIGGER, and CREATE VIEW to reconstruct indexes, triggers, and views
    statements += new.indexes.sorted { $0.name.text < $1.name.text }.map { index in
      RenderedStatement(
        SQLWriter(dialect).createIndex(index, on: new.name), notes: preflightChecks.notes(for: index),
        preconditions: preflightChecks.conditions(for: index))
    }
    statements += live.dependents.triggers.sorted { $0.name < $1.name }.map { RenderedStatement($0.sql) }
    return RenderedSection(statements, turnsForeignKeysOff: true, expectation: TableExpectation(of: live))
  }

  /// > 4. Use CREATE TABLE to construct a new table "new_X"
  private func createTable() throws(MetaxyError) -> RenderedStatement {
    var table = new
    table.name = TableName(ObjectNames.rebuildPrefix + new.name.name)
    let changed = table.columns.filter { column in
      !dialect.isSame(old.column(column.name)?.defaultValue, column.defaultValue)
    }
    return RenderedStatement(
      try SQLWriter(dialect).createTable(table), laterExpressions: dialect.computedDefaults(of: changed))
  }

  private var temporaryName: String { dialect.quoted(ObjectNames.rebuildPrefix + new.name.name) }

  private func name(_ table: Table) -> String { SQLWriter(dialect).name(table.name) }

  /// Keeps the sequence of AUTOINCREMENT, so that the ids of deleted rows are not used again.
  private var sequence: [RenderedStatement] {
    guard old.primaryKey?.isAutoincrement == true, new.primaryKey?.isAutoincrement == true else { return [] }
    let newName = SQLText.literal(ObjectNames.rebuildPrefix + new.name.name)
    let oldName = SQLText.literal(old.name.name)
    return [
      RenderedStatement("DELETE FROM \"sqlite_sequence\" WHERE \"name\" = \(newName)"),
      RenderedStatement(
        """
        INSERT INTO "sqlite_sequence" ("name", "seq")
        SELECT \(newName), "seq" FROM "sqlite_sequence" WHERE "name" = \(oldName)
        """),
    ]
  }

  /// What happens to the counter of a table that gets or loses AUTOINCREMENT. https://sqlite.org/autoinc.html
  private var counterNotes: [String] {
    switch (old.primaryKey?.isAutoincrement ?? false, new.primaryKey?.isAutoincrement ?? false) {
    case (true, false):
      ["loses the counter of AUTOINCREMENT: the id of a deleted row of \(old.name) can be used again"]
    case (false, true):
      ["AUTOINCREMENT starts after the largest id in \(old.name): larger ones of deleted rows can be used again"]
    default: []
    }
  }

  private var rowCount: RowCondition {
    RowCondition(
      message: "rows of \(old.name) were lost in the copy",
      count: "(SELECT count(*) FROM \(name(old))) - (SELECT count(*) FROM \(temporaryName))")
  }

  /// Returns statements that fail with a message if a count is not zero.
  ///
  /// SQL alone cannot raise an error, but SQLite reports the name of a violated check.
  private func verification(_ name: String, _ checks: [RowCondition]) -> [RenderedStatement] {
    guard !checks.isEmpty else { return [] }
    let columns = checks.enumerated().map { number, check in
      "  \"check\(number + 1)\" CONSTRAINT \(dialect.quoted(check.message)) CHECK (\"check\(number + 1)\" = 0)"
    }
    return [
      RenderedStatement("CREATE TEMP TABLE \"\(name)\" (\n\(columns.joined(separator: ",\n"))\n)"),
      RenderedStatement("INSERT INTO temp.\"\(name)\" SELECT\n  \(checks.map(\.count).joined(separator: ",\n  "))"),
      RenderedStatement("DROP TABLE temp.\"\(name)\""),
    ]
  }
}

extension TableExpectation {
  /// The columns and dependent objects of a live table.
  init(of table: LiveTable) {
    self.init(
      table: table.name, columns: table.definition.columns.map(\.name),
      indexes: table.definition.indexes.map(\.name.text), triggers: table.dependents.triggers.map(\.name),
      views: table.dependents.views.map(\.name))
  }
}
