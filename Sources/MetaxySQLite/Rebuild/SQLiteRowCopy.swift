internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQLiteDriver
internal import MetaxySchema

/// Copies the rows of a table into the one that replaces it.
struct SQLiteRowCopy {
  private let dialect: SQLiteDialect
  private let old: Table
  private let new: Table
  private let dependents: DependentObjects
  private let renamedValues: [String: [RenamedValue]]

  /// - Parameter values: the values that get another spelling, by the folded names of their columns.
  init(
    dialect: SQLiteDialect, from live: LiveTable, to new: Table, renaming values: [String: [RenamedValue]] = [:]
  ) {
    renamedValues = values
    self.dialect = dialect
    old = live.definition
    dependents = live.dependents
    self.new = new
  }

  /// > 5. Transfer content from X into new_X
  func insertion(into table: String) -> String {
    var targets: [String] = []
    var sources: [String] = []
    if let rowID {
      targets.append(rowID.target)
      sources.append(rowID.source)
    }
    for column in new.columns where column.generated == nil {
      guard let source = source(of: column) else { continue }
      targets.append(dialect.quoted(column.name))
      sources.append(source)
    }
    if targets.isEmpty, let placeholder {
      targets.append(placeholder.target)
      sources.append(placeholder.source)
    }
    return "INSERT INTO \(table) (\(targets.joined(separator: ", ")))\n"
      + "SELECT \(sources.joined(separator: ", ")) FROM \(dialect.quoted(old.name.name))"
  }

  /// Returns the source of a column's values; nil if the column's default supplies them.
  private func source(of column: Column) -> String? {
    guard let former = old.column(column.name) else {
      return column.addedValue(hasDefault: dialect.hasDefault(column)).map(dialect.expression(ofBackfill:))
    }
    let converted = conversion(of: former, to: column).source
    guard former.isNullable, !column.isNullable, let value = replacement(in: column) else { return converted }
    return "coalesce(\(converted), \(value))"
  }

  /// Returns the replacement of NULL where it is no longer allowed.
  private func replacement(in column: Column) -> String? {
    column.backfill?.value.map(dialect.expression(ofBackfill:)) ?? column.defaultValue.map(dialect.expression(of:))
  }

  /// The names of the rowid in both tables if it can be named and nothing else determines it: programs may have stored
  /// it.
  private var rowID: (target: String, source: String)? {
    guard let source = old.rowIDName, let target = new.rowIDName else { return nil }
    guard let alias = new.rowIDAlias else { return (target, source) }
    return self.source(of: alias) == nil ? (dialect.quoted(alias.name), source) : nil
  }

  /// A column and a value to insert if the tables have no common columns, so that the number of rows stays the same: a
  /// rowid, or a value that the column allows anyway.
  private var placeholder: (target: String, source: String)? {
    if let alias = new.rowIDAlias { return (dialect.quoted(alias.name), "NULL") }
    if let rowID = new.rowIDName { return (rowID, "NULL") }
    return new.columns.first { $0.generated == nil }.map { column in
      (dialect.quoted(column.name), column.defaultValue.map(dialect.expression(of:)) ?? "NULL")
    }
  }

  /// The columns without a known value.
  private var unknownColumns: [Column] {
    new.columns.filter { column in
      !column.isNullable && column.generated == nil && old.column(column.name) == nil && !dialect.hasDefault(column)
        && column.backfill?.value == nil && !new.isRowIDAlias(column)
    }
  }

  /// The table that must be empty, because values are missing.
  var emptyTable: TableName? { unknownColumns.isEmpty ? nil : old.name }

  /// The columns without a known value, as a flag of the command names them.
  var columnsWithoutValue: [String] { unknownColumns.map(text) }

  /// Some rows of the table that must be empty.
  var examples: RowExamples { RowExamples(of: old, showing: [], from: dialect.quoted(old.name.name), dialect) }

  /// The possible failures on existing rows.
  var notes: [String] {
    unknownColumns.map { "fails if \(old.name) has rows, which have no value for \($0.name)" }
      + checks.map { "fails if \($0.message)" }
      + old.columns.filter { new.column($0.name) == nil }.flatMap { column in
        dependents.views(naming: column.name).map {
          "the view \($0) uses \(old.name).\(column.name), and will fail when it is read"
        }
          + dependents.triggers(naming: column.name).map {
            "the trigger \($0) uses \(old.name).\(column.name), and fails when it fires"
          }
      }
      + new.columns.compactMap { column in
        guard let former = old.column(column.name), former.isNullable, !column.isNullable else { return nil }
        return replacement(in: column).map { "NULL in \(old.name).\(column.name) becomes \($0)" }
      }
  }

  /// The conditions of the new table on the old rows that SQLite does not enforce, or reports unclearly.
  var checks: [RowCondition] {
    new.columns.flatMap { SQLiteBackfillChecks(dialect: dialect, from: old, to: new, of: $0).conditions }
      + new.columns.compactMap { column -> [RowCondition]? in
        guard column.generated == nil, let former = old.column(column.name) else { return nil }
        let name = dialect.quoted(former.name)
        var checks: [RowCondition] = []
        // NULL in a column that becomes the rowid would get an arbitrary number.
        let isNumbered = new.isRowIDAlias(column) && !old.isRowIDAlias(former)
        if former.isNullable, column.isNullable ? isNumbered : replacement(in: column) == nil {
          checks.append(
            RowCondition(
              message: "\(old.name).\(column.name) holds NULL",
              rows: rows(where: "\(name) IS NULL", of: former),
              remedy: isNumbered
                ? "set \(column.name) of these rows first: as a primary key it would get a generated value"
                : RowCondition.valueRemedy,
              flag: isNumbered ? nil : .backfill(text(of: column))))
        }
        let conversion = conversion(of: former, to: column)
        // A type that STRICT does not allow is refused when the table is created.
        let type = (try? dialect.typeName(of: column.type, in: new.options)) ?? SQLiteTypes.name(of: column.type)
        // A rowid is an integer, whatever a column of its type holds. https://sqlite.org/rowidtable.html
        let number =
          isNumbered ? SQLiteFormCondition(conversion.source, from: .any).misfit(.integer(nil)) : nil
        if let condition = conversion.misfit ?? number {
          checks.append(
            RowCondition(
              message: "\(old.name).\(column.name) holds values that do not fit \(type)",
              rows: rows(where: condition, of: former),
              remedy: "change these values with UPDATE so that they fit, or keep the type of \(column.name)",
              flag: .using(text(of: column)))
          )
        }
        return checks
      }.flatMap(\.self)
  }

  /// The rows whose values the copy changes, with consent.
  var changes: [RowCondition] {
    new.columns.compactMap { column -> RowCondition? in
      guard let former = old.column(column.name), former.generated == nil else { return nil }
      if let generated = column.generated { return recomputed(column, generated) }
      guard let condition = conversion(of: former, to: column).change else { return nil }
      let type = (try? dialect.typeName(of: column.type, in: new.options)) ?? SQLiteTypes.name(of: column.type)
      return RowCondition(
        message: "\(old.name).\(column.name) holds values that change as \(type)",
        rows: rows(where: condition, of: former), rule: RowCondition.conversionRule)
    }
  }

  /// Returns the rows of the old table that a condition on one of its columns finds.
  private func rows(where condition: String, of column: Column) -> ViolatingRows {
    let table = dialect.quoted(old.name.name)
    return ViolatingRows(
      count: "(SELECT count(*) FROM \(table) WHERE \(condition))",
      examples: RowExamples(of: old, showing: [column.name], from: table, where: condition, dialect))
  }

  /// The column as a flag of the command names it.
  private func text(of column: Column) -> String { "\(old.name).\(column.name)" }

  /// The rows whose values are lost because the column is computed from now on: all that have one, unless its formula
  /// names only columns that stay as they are.
  private func recomputed(_ column: Column, _ generated: GeneratedValue) -> RowCondition {
    let name = dialect.quoted(column.name)
    let formula = generated.expression.text(for: dialect.name)
    // A formula that cannot be tokenised is refused by SQLite.
    let names = (try? SQLSource.names(in: formula)) ?? []
    let named = new.columns.filter { names.contains($0.name.folded) }
    let isKnown = named.allSatisfy { column in
      guard let former = old.column(column.name), column.generated == nil else { return false }
      return conversion(of: former, to: column).keepsValues
    }
    let isOther = isKnown ? " AND \(name) IS NOT (\(formula))" : ""
    return RowCondition(
      message: "\(old.name).\(column.name) holds values that are not those of its formula",
      rows: rows(where: "\(name) IS NOT NULL\(isOther)", of: column),
      rule: "DS103")
  }

  private func conversion(of former: Column, to column: Column) -> SQLiteConversion {
    let name = dialect.quoted(former.name)
    return SQLiteConversion(
      of: renamedValues[former.name.folded].map { $0.spelling(of: name) } ?? name, from: former, in: old.options,
      to: column, in: new.options,
      isSameType: dialect.isSame(former.type, column.type, in: new.options),
      by: column.using?.text(for: dialect.name))
  }
}

extension Table {
  /// Returns whether a column is an alias of the rowid: a single-column key with exactly the type INTEGER.
  /// https://sqlite.org/lang_createtable.html#rowid
  func isRowIDAlias(_ column: Column) -> Bool {
    guard !options.contains(.withoutRowID), let key = primaryKey, key.elements.count == 1, !key.elements[0].isDescending
    else { return false }
    return key.columns[0].folded == column.name.folded
      && SQLiteTypes.name(of: column.type).uppercased() == "INTEGER"
  }

  var rowIDAlias: Column? { columns.first(where: isRowIDAlias) }

  /// A name of the rowid that no column has; nil if there is none, or no rowid.
  /// https://sqlite.org/lang_createtable.html#rowid
  var rowIDName: String? {
    guard !options.contains(.withoutRowID) else { return nil }
    return ["rowid", "_rowid_", "oid"].first { column($0) == nil }
  }
}

extension [RenamedValue] {
  /// The present spelling of the values of a column.
  func spelling(of column: String) -> String {
    let cases = map { "WHEN \(SQLText.literal($0.old)) THEN \(SQLText.literal($0.new))" }
    return "CASE \(column) \(cases.joined(separator: " ")) ELSE \(column) END"
  }
}
