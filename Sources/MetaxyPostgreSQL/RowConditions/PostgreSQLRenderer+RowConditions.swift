internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// The existing rows that violate a new constraint, counted before the revision: afterwards a part of it may be applied.
extension PostgreSQLRenderer {
  /// Returns the conditions of a constraint on the rows of its table; none if they cannot be counted before.
  func conditions(of constraint: Constraint, on table: TableName) -> [RowCondition] {
    guard plan.mayHoldRows(table), constraint.isValidated, !isMet(constraint, by: table) else { return [] }
    let rows: ViolatingRows? =
      switch constraint {
      case .check(let check): violations(of: check, in: table)
      case .foreignKey(let key): orphans(of: key, in: table)
      case .unique(let unique): duplicates(unique.elements, nullsAreEqual: unique.nullsAreEqual, in: table)
      case .primaryKey(let key): duplicates(key.elements, nullsAreEqual: false, in: table)
      case .exclusion(let exclusion): conflicts(of: exclusion, in: table)
      }
    return rows.map {
      [
        RowCondition(
          message: "rows of \(table) violate: \(constraint.displayText)", rows: $0,
          remedy: "change these rows first, or remove the constraint")
      ]
    } ?? []
  }

  func conditions(of index: Index, on table: TableName) -> [RowCondition] {
    guard plan.mayHoldRows(table), index.isUnique,
      let rows = duplicates(
        index.elements, nullsAreEqual: index.nullsAreEqual, where: index.predicate, in: table)
    else { return [] }
    let columns = index.elements.map(\.termText).joined(separator: ", ")
    return [
      RowCondition(
        message: "rows of \(table) share their (\(columns))", rows: rows,
        remedy: "change these rows first, or make the index not unique")
    ]
  }

  /// Whether all existing rows meet a constraint: a foreign key of a column that is new, and NULL in all of them, or a list of
  /// values that has what they get in a new column.
  func isMet(_ constraint: Constraint, by table: TableName) -> Bool {
    let rows = PostgreSQLRowsAfter(renderer: self, table: table)
    switch constraint {
    case .foreignKey(let key) where key.match != "FULL" || key.columns.count == 1:
      return key.columns.contains(where: rows.isNewAndNull)
    case .check(let check):
      guard let list = AllowedValues(check.expression, for: dialect.name, lexicon: dialect.lexicon),
        let column = rows.addition(of: list.column)
      else { return false }
      return !isSerial(column) && list.acceptExistingRows(ofNew: column, for: dialect.name, lexicon: dialect.lexicon)
    default: return false
    }
  }

  private func violations(of check: CheckConstraint, in table: TableName) -> ViolatingRows? {
    // An expression without names, or with those of the whole row, is about the table as it is.
    let names = check.expression.names
    guard let rows = rows(names, of: table), let condition = countable(check.expression) else {
      return nil
    }
    return ViolatingRows(
      count: "(SELECT count(*) FROM \(rows) WHERE NOT (\(condition)))",
      examples: examples(of: table, showing: names, where: "NOT (\(condition))"))
  }

  /// Returns the query for rows as the revision leaves them; nil if the values of a column that identifies them are not
  /// known before.
  func examples(
    of table: TableName, showing names: Set<String>, where condition: String, includesChildren: Bool = true
  ) -> RowExamples? {
    guard let definition = state[table] else { return nil }
    let columns = Set(RowExamples.columns(of: definition, showing: names))
    guard let rows = includesChildren ? rows(columns, of: table) : ownRows(columns, of: table) else { return nil }
    return RowExamples(of: definition, showing: names, from: rows, where: condition, dialect)
  }

  /// Returns the text of an expression for the rows before the revision: values that an enum type gets are compared as text.
  /// nil if they are sorted, which text is not.
  func countable(_ expression: SQLExpression) -> String? {
    let names = Set(plan.changedTypes.map(\.name.name)).intersection(expression.names)
    let text = expression.text(for: dialect.name)
    guard !names.isEmpty else { return text }
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: dialect.lexicon),
      !tokens.contains(where: { token in ["<", ">", "<=", ">=", "."].contains { token.isSymbol($0) } })
    else { return nil }
    return try? SQLTokenizer.replacing(in: text, lexicon: dialect.lexicon) { place, tokens in
      place > 0 && tokens[place - 1].isSymbol("::") && names.contains(tokens[place].value) ? "text" : nil
    }
  }

  /// Returns an expression that counts the rows that share their values. NULL equals NULL only where the
  /// constraint declares it.
  private func duplicates(
    _ elements: [IndexElement], nullsAreEqual: Bool, where predicate: SQLExpression? = nil, in table: TableName
  ) -> ViolatingRows? {
    let names = elements.names.union(predicate?.names ?? [])
    guard let rows = ownRows(names, of: table) else { return nil }
    var terms: [String] = []
    var conditions: [String] = []
    for element in elements {
      var term: String
      switch element.term {
      case .column(let name): term = dialect.quoted(name)
      case .expression(let expression):
        guard let text = countable(expression) else { return nil }
        term = "(\(text))"
      }
      if !nullsAreEqual { conditions.append("\(term) IS NOT NULL") }
      if let collation = element.collation { term += " COLLATE \(dialect.text(ofCollation: collation))" }
      terms.append(term)
    }
    if let predicate {
      guard let condition = countable(predicate) else { return nil }
      conditions.append("(\(condition))")
    }
    let condition = conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
    return ViolatingRows(
      count: "(SELECT coalesce(sum(\"n\"), 0)::bigint FROM (SELECT count(*) AS \"n\" FROM \(rows)\(condition)"
        + " GROUP BY \(terms.joined(separator: ", ")) HAVING count(*) > 1) AS \"groups\")",
      examples: duplicateExamples(terms, elements.names, condition, of: table))
  }

  /// Returns the query for rows that share their values, those with the same ones one after the other.
  private func duplicateExamples(
    _ terms: [String], _ names: Set<String>, _ condition: String, of table: TableName
  ) -> RowExamples? {
    guard let definition = state[table] else { return nil }
    let columns = Set(RowExamples.columns(of: definition, showing: names))
    guard let rows = ownRows(columns.union(names), of: table) else { return nil }
    let count = "count(*) OVER (PARTITION BY \(terms.joined(separator: ", "))) AS \"_metaxy_n\""
    return RowExamples(
      of: definition, showing: names, from: "(SELECT *, \(count) FROM \(rows)\(condition)) AS \"t\"",
      where: "\"_metaxy_n\" > 1", sortedBy: terms, dialect)
  }

  private func orphans(of key: ForeignKey, in table: TableName) -> ViolatingRows? {
    let names = key.columns.map { "\"t\".\(dialect.quoted($0))" }
    guard let rows = ownRows(Set(key.columns), of: table) else { return nil }
    let isReferring = names.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
    var missing = "true"
    if plan.mayHoldRows(key.table) {
      let referenced =
        key.referencedColumns.isEmpty ? state[key.table]?.primaryKey?.columns ?? [] : key.referencedColumns
      guard referenced.count == key.columns.count,
        let parents = ownRows(Set(referenced), of: key.table)
      else { return nil }
      let matches = zip(referenced, names).map { "\"parent\".\(dialect.quoted($0)) = \($1)" }
      missing =
        "NOT EXISTS (SELECT FROM (SELECT * FROM \(parents)) AS \"parent\" WHERE \(matches.joined(separator: " AND ")))"
    }
    let isEmpty = names.map { "\($0) IS NULL" }.joined(separator: " AND ")
    let condition =
      key.match == "FULL" && names.count > 1
      ? "CASE WHEN \(isReferring) THEN \(missing) ELSE NOT (\(isEmpty)) END" : "\(isReferring) AND \(missing)"
    return ViolatingRows(
      count: "(SELECT count(*) FROM \(rows) WHERE \(condition))",
      examples: examples(of: table, showing: Set(key.columns), where: condition, includesChildren: false))
  }

  /// Keys and indexes hold for the rows of a table, not for those of its children.
  func ownRows(_ columns: Set<String>, of table: TableName) -> String? {
    PostgreSQLRowsAfter(renderer: self, table: table, includesChildren: false).source(columns)
  }

  func rows(_ columns: Set<String>, of table: TableName) -> String? {
    PostgreSQLRowsAfter(renderer: self, table: table).source(columns)
  }
}
