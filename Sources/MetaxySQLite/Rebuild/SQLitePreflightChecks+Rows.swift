internal import MetaxyFeatures
internal import MetaxyNames
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
      let values = newValues(in: check.expression)
      guard let names = keptNames(in: check.expression, besides: values.map(\.column)) else { return nil }
      let text = check.expression.text(for: dialect.name)
      let rows =
        values.isEmpty
        ? table
        : "(SELECT *, \(values.map { "\($0.text) AS \(dialect.quoted($0.column))" }.joined(separator: ", ")) FROM \(table))"
      return "(SELECT count(*) FROM \(rows) WHERE \(all(["NOT (\(text))"] + isKnown(names))))"
    }
  }

  /// Returns an expression that counts duplicates. Rows with a NULL are never duplicates.
  /// https://sqlite.org/lang_createtable.html#unique_constraints
  func duplicates(_ elements: [IndexElement], where predicate: SQLExpression? = nil) -> String? {
    var terms: [String] = []
    var groups: [String] = []
    var known: [String] = []
    for element in elements {
      switch element.term {
      case .column(let name):
        guard keepsValues(of: name) else { return nil }
        terms.append(dialect.quoted(name))
      case .expression(let expression):
        guard let names = keptNames(in: expression) else { return nil }
        known += isKnown(names)
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
    return "(SELECT coalesce(sum(\"n\"), 0) FROM (SELECT count(*) AS \"n\" FROM \(table) WHERE \(all(conditions))"
      + " GROUP BY \(groups.joined(separator: ", ")) HAVING count(*) > 1))"
  }

  private func dangling(_ key: ForeignKey) -> String? {
    guard key.columns.allSatisfy(keepsValues) else { return nil }
    let isThere = all(key.columns.map { "\"child\".\(dialect.quoted($0)) IS NOT NULL" })
    let rows = "(SELECT count(*) FROM \(table) AS \"child\" WHERE \(isThere)"
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
  private func keptNames(in expression: SQLExpression, besides others: [String] = []) -> [String]? {
    // An expression that cannot be tokenised is not checked; SQLite reports the error.
    guard let names = try? SQLSource.names(in: expression.text(for: dialect.name)) else { return nil }
    let columns = new.columns.map(\.name).filter { names.contains($0.folded) && !others.contains($0) }
    // A renamed table is queried through a common table expression, which has no rowid.
    let hasRowID = ["rowid", "oid", "_rowid_"].contains { names.contains($0) && new.column($0) == nil }
    guard !hasRowID, columns.allSatisfy({ keepsValues(of: $0) && keepsCollation(of: $0) }) else { return nil }
    return columns
  }

  /// The new columns that an expression names and whose value is the same constant in all existing rows.
  private func newValues(in expression: SQLExpression) -> [(column: String, text: String)] {
    guard let names = try? SQLSource.names(in: expression.text(for: dialect.name)) else { return [] }
    return new.columns.compactMap { column in
      guard names.contains(column.name.folded), old.column(column.name) == nil, column.generated == nil,
        let text = dialect.initialValue(of: column), dialect.isLiteral(text)
      else { return nil }
      return (column.name, text)
    }
  }

  private func keepsCollation(of name: String) -> Bool {
    dialect.isSame(collation: old.column(name)?.collation, new.column(name)?.collation)
  }

  private func keepsValues(of name: String) -> Bool {
    guard let former = old.column(name), let column = new.column(name),
      SQLiteAffinity(of: former.type) == SQLiteAffinity(of: column.type)
    else { return false }
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
    names.filter(losesNull).map { "\(dialect.quoted($0)) IS NOT NULL" }
  }
}
