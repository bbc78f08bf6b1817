internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

// Counts the rows that violate a new constraint, with SQL that does not change them.
extension SQLitePreflightChecks {
  /// Returns an expression that counts the rows that violate a constraint; nil if only the copy can determine them.
  func count(breaking constraint: Constraint) -> String? {
    switch constraint {
    case .primaryKey(let key): return duplicates(key.elements)
    case .unique(let unique): return duplicates(unique.elements)
    case .foreignKey(let key): return dangling(key)
    case .exclusion: return nil
    case .check(let check):
      guard let names = keptNames(in: check.expression) else { return nil }
      let text = check.expression.text(for: dialect.name)
      return "(SELECT count(*) FROM \(rows(with: names)) WHERE \(all(["NOT (\(text))"] + isKnown(names))))"
    }
  }

  /// Returns an expression that counts duplicates. Rows with a NULL are never duplicates.
  /// https://sqlite.org/lang_createtable.html#unique_constraints
  func duplicates(_ elements: [IndexElement], where predicate: SQLExpression? = nil) -> String? {
    var terms: [String] = []
    var groups: [String] = []
    var known: [String] = []
    var used: [String] = []
    for element in elements {
      switch element.term {
      case .column(let name):
        guard keepsValues(of: name) || newValue(of: name) != nil else { return nil }
        used.append(name)
        terms.append(dialect.quoted(name))
      case .expression(let expression):
        guard let names = keptNames(in: expression) else { return nil }
        known += isKnown(names)
        used += names
        terms.append("(\(expression.text(for: dialect.name)))")
      }
      let collation = collation(of: element, in: new).map { " COLLATE \(dialect.text(ofCollation: $0))" }
      groups.append(terms[terms.count - 1] + (collation ?? ""))
    }
    var conditions = terms.map { "\($0) IS NOT NULL" } + known
    if let predicate {
      guard let names = keptNames(in: predicate) else { return nil }
      conditions += ["(\(predicate.text(for: dialect.name)))"] + isKnown(names)
    }
    return
      "(SELECT coalesce(sum(\"n\"), 0) FROM (SELECT count(*) AS \"n\" FROM \(rows(with: used)) WHERE \(all(conditions))"
      + " GROUP BY \(groups.joined(separator: ", ")) HAVING count(*) > 1))"
  }

  /// Returns the rows of the table, with the values that they get in new columns.
  private func rows(with names: [String]) -> String {
    let added = names.compactMap { name in
      keepsValues(of: name) ? nil : newValue(of: name).map { "\($0) AS \(dialect.quoted(name))" }
    }
    let filled = Set(names).sorted().compactMap { name in filledValue(of: name).map { (name: name, value: $0) } }
    guard !filled.isEmpty else {
      return added.isEmpty ? table : "(SELECT *, \(added.joined(separator: ", ")) FROM \(table))"
    }
    let kept = old.columns.map(\.name).filter { name in !filled.contains { $0.name.folded == name.folded } }
    let values =
      kept.map(dialect.quoted) + filled.map { "\($0.value) AS \(dialect.quoted($0.name))" } + added
    return "(SELECT \(values.joined(separator: ", ")) FROM \(table))"
  }

  /// Returns the values of a column in which NULL becomes another value; nil for other columns, and if that is not known.
  private func filledValue(of name: String) -> String? {
    guard losesNull(name), keepsValues(of: name), let column = new.column(name), column.generated == nil,
      (column.collation ?? "BINARY").uppercased() == "BINARY"
    else { return nil }
    let value: String
    if let backfill = column.backfill, backfill != .null {
      value = dialect.literal(backfill)
    } else if let defaultValue = column.defaultValue, dialect.isLiteral(dialect.text(of: defaultValue)) {
      value = dialect.expression(of: defaultValue)
    } else {
      return nil
    }
    return "coalesce(\(dialect.quoted(name)), \(value))"
  }

  /// Returns the value that all existing rows get in a new column; nil for other columns, and if it is not one value.
  private func newValue(of name: String) -> String? {
    guard old.column(name) == nil, let column = new.column(name), column.generated == nil, !new.isRowIDAlias(column)
    else { return nil }
    guard dialect.hasDefault(column), let value = column.defaultValue else {
      return column.backfill.map(dialect.literal) ?? "NULL"
    }
    let text = dialect.text(of: value)
    return dialect.isLiteral(text) ? dialect.expression(of: value) : nil
  }

  /// Returns the conditions on rows of other tables that refer to the primary key of this one, without naming its
  /// columns, if it gets other columns.
  var movedReferences: [RowCondition] {
    guard let key = new.primaryKey, let former = old.primaryKey, !isSame(key.elements, former.elements),
      key.columns.allSatisfy(keepsValues)
    else { return [] }
    return live.sorted.flatMap { child in
      child.foreignKeys.compactMap { reference -> RowCondition? in
        guard reference.table.folded == old.name.folded, reference.referencedColumns.isEmpty,
          reference.columns.count == key.columns.count
        else { return nil }
        let isThere = reference.columns.map { "\"child\".\(dialect.quoted($0)) IS NOT NULL" }
        let matches = zip(key.columns, reference.columns).map {
          "\"parent\".\(dialect.quoted($0)) = \"child\".\(dialect.quoted($1))"
        }
        return RowCondition(
          message: "rows of \(child.name) refer to no row by the new primary key of \(old.name)",
          count: "(SELECT count(*) FROM \(dialect.quoted(child.name.name)) AS \"child\" WHERE \(all(isThere))"
            + " AND NOT EXISTS (SELECT 1 FROM \(table) AS \"parent\" WHERE \(all(matches))))",
          remedy: "write the referenced columns into the foreign key of \(child.name), or change these rows first")
      }
    }
  }

  private func dangling(_ key: ForeignKey) -> String? {
    // A key with NULL in it refers to nothing.
    guard key.columns.allSatisfy({ keepsValues(of: $0) || newValue(of: $0) != nil }),
      !key.columns.contains(where: { newValue(of: $0) == "NULL" })
    else { return nil }
    let isThere = all(key.columns.map { "\"child\".\(dialect.quoted($0)) IS NOT NULL" })
    let rows = "(SELECT count(*) FROM \(rows(with: key.columns)) AS \"child\" WHERE \(isThere)"
    if created.contains(where: { $0.folded == key.table.folded }) { return rows + ")" }
    let referenced = referencedColumns(of: key)
    guard let parent = live.table(folded: key.table), referenced.count == key.columns.count,
      referenced.allSatisfy({ parent.column($0) != nil })
    else { return nil }
    // The parent's column is on the left, because its collation applies. https://sqlite.org/foreignkeys.html#fk_basics
    let matches = zip(referenced, key.columns).map {
      "\"parent\".\(dialect.quoted($0)) = \"child\".\(dialect.quoted($1))"
    }
    return rows + " AND NOT EXISTS (SELECT 1 FROM \(dialect.quoted(parent.name.name)) AS \"parent\""
      + " WHERE \(all(matches))))"
  }

  private var table: String { dialect.quoted(old.name.name) }

  private func all(_ conditions: [String]) -> String { conditions.joined(separator: " AND ") }

  /// Returns the columns of the new table that an expression names; nil if the values or the comparison of one of them
  /// change.
  private func keptNames(in expression: SQLExpression) -> [String]? {
    // An expression that cannot be tokenised is not checked; SQLite reports the error.
    guard let names = try? SQLSource.names(in: expression.text(for: dialect.name)) else { return nil }
    let columns = new.columns.map(\.name).filter { names.contains($0.folded) }
    // A renamed table is queried through a common table expression, which has no rowid.
    let hasRowID = ["rowid", "oid", "_rowid_"].contains { names.contains($0) && new.column($0) == nil }
    guard !hasRowID,
      columns.allSatisfy({ keepsValues(of: $0) && keepsCollation(of: $0) || newValue(of: $0) != nil })
    else { return nil }
    return columns
  }

  private func keepsCollation(of name: String) -> Bool {
    dialect.isSame(collation: old.column(name)?.collation, new.column(name)?.collation)
  }

  private func keepsValues(of name: String) -> Bool {
    guard let former = old.column(name), let column = new.column(name) else { return false }
    let conversion = SQLiteConversion(
      of: name, from: former, in: old.options, to: column, in: new.options,
      isSameType: dialect.isSame(former.type, column.type, in: new.options))
    guard conversion.keepsValues else { return false }
    guard let generated = column.generated else { return true }
    guard let formula = former.generated?.expression, dialect.isSame(formula, generated.expression),
      let names = try? SQLSource.names(in: generated.expression.text(for: dialect.name))
    else { return false }
    return new.columns.filter { names.contains($0.name.folded) }.allSatisfy {
      $0.generated == nil && !losesNull($0.name) && keepsValues(of: $0.name) && keepsCollation(of: $0.name)
    }
  }

  /// Returns whether NULL in a column becomes another value.
  private func losesNull(_ name: String) -> Bool {
    old.column(name)?.isNullable == true && new.column(name)?.isNullable == false
  }

  /// Returns conditions that exclude NULL in the columns where NULL becomes another value, which no existing row has.
  private func isKnown(_ names: [String]) -> [String] {
    names.filter { losesNull($0) && filledValue(of: $0) == nil }.map { "\(dialect.quoted($0)) IS NOT NULL" }
  }
}
