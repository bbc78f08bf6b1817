internal import MetaxyFeatures
internal import MetaxyRuntime
internal import MetaxySchema

/// How the rows of a table come into the one that takes its place.
struct SQLiteCopy {
  private let dialect: SQLiteDialect
  private let old: Table
  private let new: Table

  init(dialect: SQLiteDialect, from old: Table, to new: Table) {
    self.dialect = dialect
    self.old = old
    self.new = new
  }

  /// > 5. Transfer content from X into new_X
  func insertion(into table: String) -> String {
    var targets: [String] = []
    var sources: [String] = []
    if let rowid = rowID {
      targets.append(rowid)
      sources.append(rowid)
    }
    for column in new.columns where column.generated == nil {
      guard let source = source(of: column) else { continue }
      targets.append(dialect.quoted(column.name))
      sources.append(source)
    }
    return "INSERT INTO \(table) (\(targets.joined(separator: ", ")))\n"
      + "SELECT \(sources.joined(separator: ", ")) FROM \(dialect.quoted(old.name.name))"
  }

  /// Where a column's values come from; nil where the column's default gives them.
  private func source(of column: Column) -> String? {
    guard let former = old.column(column.name) else {
      guard !dialect.hasDefault(column), let backfill = column.backfill, backfill != .null else { return nil }
      return dialect.literal(backfill)
    }
    let name = dialect.quoted(former.name)
    guard former.isNullable, !column.isNullable, let value = replacement(in: column) else { return name }
    return "coalesce(\(name), \(value))"
  }

  /// What takes the place of NULL where it is no longer allowed.
  private func replacement(in column: Column) -> String? {
    if let backfill = column.backfill, backfill != .null { return dialect.literal(backfill) }
    return column.defaultValue.map(dialect.text)
  }

  /// The rowid's name, where it is the table's own and visible in both: programs may have kept it.
  private var rowID: String? {
    guard !old.options.contains(.withoutRowID), !new.options.contains(.withoutRowID), !new.hasRowIDAlias else {
      return nil
    }
    let taken = Set((old.columns + new.columns).map { $0.name.folded })
    return ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
  }

  /// The columns for which no value is known.
  private var unknownColumns: [Column] {
    new.columns.filter { column in
      !column.isNullable && column.generated == nil && old.column(column.name) == nil && !dialect.hasDefault(column)
        && (column.backfill ?? .null) == .null && !new.isRowIDAlias(column)
    }
  }

  /// The table, when it must be empty for want of values.
  var emptyTable: TableName? { unknownColumns.isEmpty ? nil : old.name }

  /// What can go wrong on some rows.
  var notes: [String] {
    unknownColumns.map { "fails while \(old.name) holds rows: no value is known for their \($0.name)" }
      + checks.map { "fails while \($0.message)" }
      + old.columns.filter { new.column($0.name) == nil }.flatMap { column in
        old.views(naming: column.name).map {
          "the view \($0) names \(old.name).\(column.name), and fails when it is read"
        }
      }
      + new.columns.compactMap { column in
        guard let former = old.column(column.name), former.isNullable, !column.isNullable else { return nil }
        return replacement(in: column).map { "NULL in \(old.name).\(column.name) becomes \($0)" }
      }
      + newConstraints.map { "fails while rows of \(old.name) break: \($0.summary)" }
  }

  /// What the new table asks of its rows as a whole, and the old one did not.
  private var newConstraints: [Constraint] {
    let checks = new.checks.filter { check in
      !old.checks.contains { dialect.isSame($0.expression, check.expression) }
    }
    let uniques = new.uniques.filter { unique in !old.uniques.contains { $0.columns == unique.columns } }
    let keys = new.foreignKeys.filter { key in
      !old.foreignKeys.contains { $0.columns == key.columns && $0.table.folded == key.table.folded }
    }
    let primaryKey = new.primaryKey.map { key in old.primaryKey?.columns == key.columns ? [] : [key] } ?? []
    return primaryKey.map(Constraint.primaryKey) + uniques.map(Constraint.unique) + checks.map(Constraint.check)
      + keys.map(Constraint.foreignKey)
  }

  /// What the new table asks of the old rows, and SQLite does not enforce, or not in words that help.
  var checks: [RowCondition] {
    let table = dialect.quoted(old.name.name)
    return new.columns.compactMap { column -> [RowCondition]? in
      guard column.generated == nil, let former = old.column(column.name) else { return nil }
      let name = dialect.quoted(former.name)
      var checks: [RowCondition] = []
      // NULL in a column that becomes the rowid gets a number that nobody chose.
      let isNumbered = new.isRowIDAlias(column) && !old.isRowIDAlias(former)
      if former.isNullable, column.isNullable ? isNumbered : replacement(in: column) == nil {
        checks.append(
          RowCondition(
            message: "\(old.name).\(column.name) holds NULL",
            count: "(SELECT count(*) FROM \(table) WHERE \(name) IS NULL)"))
      }
      if !dialect.isSame(former.type, column.type, in: new.options),
        let condition = SQLiteConversion.misfit(name, to: column.type)
      {
        checks.append(
          RowCondition(
            message: "\(old.name).\(column.name) holds values that do not fit \(SQLiteTypes.name(of: column.type))",
            count: "(SELECT count(*) FROM \(table) WHERE \(condition))"))
      }
      return checks
    }.flatMap(\.self)
  }
}

extension Table {
  /// Whether a column is the rowid under another name: a lone key of the very type INTEGER.
  /// https://sqlite.org/lang_createtable.html#rowid
  func isRowIDAlias(_ column: Column) -> Bool {
    guard !options.contains(.withoutRowID), let key = primaryKey, key.elements.count == 1, !key.elements[0].isDescending
    else { return false }
    return key.columns[0].folded == column.name.folded
      && SQLiteTypes.name(of: column.type).uppercased() == "INTEGER"
  }

  var hasRowIDAlias: Bool { columns.contains(where: isRowIDAlias) }
}
