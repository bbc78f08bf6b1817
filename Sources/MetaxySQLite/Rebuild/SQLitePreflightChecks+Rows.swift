internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySQLiteDriver
internal import MetaxySchema

// Counts the rows that violate a new constraint, with SQL that does not change them.
extension SQLitePreflightChecks {
  /// Returns the rows that violate a constraint; nil if only the copy can determine them.
  func rows(breaking constraint: Constraint) -> ViolatingRows? {
    switch constraint {
    case .primaryKey(let key): return duplicates(key.elements)
    case .unique(let unique): return duplicates(unique.elements)
    case .foreignKey(let key): return dangling(key)
    case .exclusion: return nil
    case .check(let check):
      guard let rows = rows(naming: [check.expression]) else { return nil }
      return violating(
        rows, where: "NOT (\(check.expression.text(for: dialect.name)))",
        showing: after.columns(in: check.expression) ?? [])
    }
  }

  /// The conditions on the values of computed columns, which are not those of other rows: NULL, and the type.
  var computedValues: [RowCondition] {
    new.columns.flatMap(computedValues)
  }

  func computedValues(of column: Column) -> [RowCondition] {
    guard column.generated != nil, let rows = after.source([column.name]) else { return [] }
    let name = dialect.quoted(column.name)
    var conditions: [RowCondition] = []
    if refusesNull(in: column) {
      conditions.append(
        RowCondition(
          message: message(ofNullIn: column), rows: violating(rows, where: "\(name) IS NULL", showing: []),
          remedy: "change these rows first, or allow NULL"))
    }
    if let misfit = misfit(of: column) {
      // A type that STRICT does not allow is refused when the table is created.
      let type = (try? dialect.typeName(of: column.type, in: new.options)) ?? SQLiteTypes.name(of: column.type)
      conditions.append(
        RowCondition(
          message: "\(old.name).\(column.name) holds values that do not fit \(type)",
          rows: violating(rows, where: "(\(misfit))", showing: [column.name]),
          remedy: "keep the type of \(column.name)"))
    }
    return conditions
  }

  /// Returns whether a computed column may hold NULL before the revision, and not after it.
  func refusesNull(in column: Column) -> Bool {
    column.generated != nil && !column.isNullable
      && !(old.column(column.name).map { !$0.isNullable && after.keepsValues(of: column.name) } ?? false)
  }

  func message(ofNullIn column: Column) -> String { "rows of \(old.name) give \(column.name) the value NULL" }

  /// Returns the condition for values that do not fit the new type of a computed column; nil if the type stays.
  private func misfit(of column: Column) -> String? {
    guard let former = old.column(column.name), !dialect.isSame(former.type, column.type, in: new.options) else {
      return nil
    }
    let form = SQLiteStoredForm(column.type, isWide: column.isWide, isStrict: new.options.contains(.strict))
    return SQLiteFormCondition(dialect.quoted(column.name), from: .any).misfit(form)
  }

  private func violating(
    _ rows: SQLiteRowsAfter.Source, where condition: String, showing names: [String]
  ) -> ViolatingRows {
    let condition = all([condition] + rows.conditions)
    return ViolatingRows(
      count: "(SELECT count(*) FROM \(rows.rows) WHERE \(condition))",
      examples: examples(from: rows.rows, where: condition, showing: names))
  }

  /// Returns the query for rows as the revision leaves them, which have the new columns, too.
  private func examples(
    from rows: String, where condition: String, showing names: [String], sortedBy order: [String] = []
  ) -> RowExamples {
    var table = old
    table.columns += new.columns.filter { old.column($0.name) == nil }
    return RowExamples(of: table, showing: names, from: rows, where: condition, sortedBy: order, dialect)
  }

  /// Returns the rows that share their values. Rows with a NULL are never duplicates.
  /// https://sqlite.org/lang_createtable.html#unique_constraints
  func duplicates(_ elements: [IndexElement], where predicate: SQLExpression? = nil) -> ViolatingRows? {
    var terms: [String] = []
    var groups: [String] = []
    var columns: [String] = []
    var expressions = predicate.map { [$0] } ?? []
    for element in elements {
      switch element.term {
      case .column(let name):
        columns.append(name)
        terms.append(dialect.quoted(name))
      case .expression(let expression):
        expressions.append(expression)
        terms.append("(\(expression.text(for: dialect.name)))")
      }
      let collation = collation(of: element, in: new).map { " COLLATE \(dialect.text(ofCollation: $0))" }
      groups.append(terms[terms.count - 1] + (collation ?? ""))
    }
    guard let rows = rows(naming: expressions, and: columns) else { return nil }
    let conditions =
      terms.map { "\($0) IS NOT NULL" } + (predicate.map { ["(\($0.text(for: dialect.name)))"] } ?? [])
      + rows.conditions
    let group = groups.joined(separator: ", ")
    let shown = columns + expressions.dropFirst(predicate == nil ? 0 : 1).flatMap { after.columns(in: $0) ?? [] }
    let counted = "(SELECT *, count(*) OVER (PARTITION BY \(group)) AS \"_metaxy_n\" FROM \(rows.rows)"
    return ViolatingRows(
      count:
        "(SELECT coalesce(sum(\"n\"), 0) FROM (SELECT count(*) AS \"n\" FROM \(rows.rows) WHERE \(all(conditions))"
        + " GROUP BY \(group) HAVING count(*) > 1))",
      examples: examples(
        from: "\(counted) WHERE \(all(conditions)))", where: "\"_metaxy_n\" > 1", showing: shown, sortedBy: groups))
  }

  /// Returns the conditions on rows of other tables that refer to the primary key of this one, without naming its
  /// columns, if it gets other columns.
  var movedReferences: [RowCondition] {
    guard let key = new.primaryKey, let former = old.primaryKey, !isSame(key.elements, former.elements),
      key.columns.allSatisfy(after.keepsValues)
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
        let rows = "\(dialect.quoted(child.name.name)) AS \"child\""
        let condition =
          "\(all(isThere)) AND NOT EXISTS (SELECT 1 FROM \(dialect.quoted(old.name.name)) AS \"parent\""
          + " WHERE \(all(matches)))"
        return RowCondition(
          message: "rows of \(child.name) refer to no row by the new primary key of \(old.name)",
          count: "(SELECT count(*) FROM \(rows) WHERE \(condition))",
          examples: RowExamples(of: child, showing: reference.columns, from: rows, where: condition, dialect),
          remedy: "write the referenced columns into the foreign key of \(child.name), or change these rows first")
      }
    }
  }

  private func dangling(_ key: ForeignKey) -> ViolatingRows? {
    // A key with NULL in it refers to nothing.
    guard key.columns.allSatisfy({ after.keepsValues(of: $0) || after.newValue(of: $0) != nil }),
      !key.columns.contains(where: { after.newValue(of: $0) == "NULL" }), let source = after.source(key.columns)
    else { return nil }
    let isThere = all(key.columns.map { "\"child\".\(dialect.quoted($0)) IS NOT NULL" })
    let rows = "\(source.rows) AS \"child\""
    func violating(_ condition: String) -> ViolatingRows {
      ViolatingRows(
        count: "(SELECT count(*) FROM \(rows) WHERE \(condition))",
        examples: examples(from: rows, where: condition, showing: key.columns))
    }
    if created.contains(where: { $0.folded == key.table.folded }) { return violating(isThere) }
    let referenced = referencedColumns(of: key)
    guard let parent = live.table(folded: key.table), referenced.count == key.columns.count,
      referenced.allSatisfy({ parent.column($0) != nil })
    else { return nil }
    // The parent's column is on the left, because its collation applies. https://sqlite.org/foreignkeys.html#fk_basics
    let matches = zip(referenced, key.columns).map {
      "\"parent\".\(dialect.quoted($0)) = \"child\".\(dialect.quoted($1))"
    }
    return violating(
      "\(isThere) AND NOT EXISTS (SELECT 1 FROM \(dialect.quoted(parent.name.name)) AS \"parent\""
        + " WHERE \(all(matches)))")
  }

  private func all(_ conditions: [String]) -> String { conditions.joined(separator: " AND ") }

  /// Returns the rows with the values that columns and those of expressions have after the revision; nil if the values or
  /// the comparison of one of them are not known before.
  private func rows(naming expressions: [SQLExpression], and columns: [String] = []) -> SQLiteRowsAfter.Source? {
    var names = columns
    for expression in expressions {
      // An expression that cannot be tokenised is not checked; SQLite reports the error.
      guard let named = after.columns(in: expression),
        named.allSatisfy({ old.column($0) == nil || !after.keepsValues(of: $0) || after.keepsCollation(of: $0) }),
        !named.contains(where: after.hasOtherAffinity) || !hasNumberAsText(expression)
      else { return nil }
      names += named
    }
    return after.source(names)
  }

  /// Whether an expression contains a text that is a number, which equals a number only for some columns.
  private func hasNumberAsText(_ expression: SQLExpression) -> Bool {
    let tokens = try? SQLTokenizer.tokens(of: expression.text(for: dialect.name), lexicon: dialect.lexicon)
    return tokens?.contains { $0.kind == .string && Double($0.value) != nil } ?? true
  }
}
