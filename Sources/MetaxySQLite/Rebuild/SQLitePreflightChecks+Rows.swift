internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySQLiteDriver
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
      guard let rows = rows(naming: [check.expression]) else { return nil }
      return count(rows, where: "NOT (\(check.expression.text(for: dialect.name)))")
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
          message: message(ofNullIn: column), count: count(rows, where: "\(name) IS NULL"),
          remedy: "change these rows first, or allow NULL"))
    }
    if let misfit = misfit(of: column) {
      // A type that STRICT does not allow is refused when the table is created.
      let type = (try? dialect.typeName(of: column.type, in: new.options)) ?? SQLiteTypes.name(of: column.type)
      conditions.append(
        RowCondition(
          message: "\(old.name).\(column.name) holds values that do not fit \(type)",
          count: count(rows, where: "(\(misfit))"), remedy: "keep the type of \(column.name)"))
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

  private func count(_ rows: SQLiteRowsAfter.Source, where condition: String) -> String {
    "(SELECT count(*) FROM \(rows.rows) WHERE \(all([condition] + rows.conditions)))"
  }

  /// Returns an expression that counts duplicates. Rows with a NULL are never duplicates.
  /// https://sqlite.org/lang_createtable.html#unique_constraints
  func duplicates(_ elements: [IndexElement], where predicate: SQLExpression? = nil) -> String? {
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
    return
      "(SELECT coalesce(sum(\"n\"), 0) FROM (SELECT count(*) AS \"n\" FROM \(rows.rows) WHERE \(all(conditions))"
      + " GROUP BY \(groups.joined(separator: ", ")) HAVING count(*) > 1))"
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
        return RowCondition(
          message: "rows of \(child.name) refer to no row by the new primary key of \(old.name)",
          count: "(SELECT count(*) FROM \(dialect.quoted(child.name.name)) AS \"child\" WHERE \(all(isThere))"
            + " AND NOT EXISTS (SELECT 1 FROM \(dialect.quoted(old.name.name)) AS \"parent\" WHERE \(all(matches))))",
          remedy: "write the referenced columns into the foreign key of \(child.name), or change these rows first")
      }
    }
  }

  private func dangling(_ key: ForeignKey) -> String? {
    // A key with NULL in it refers to nothing.
    guard key.columns.allSatisfy({ after.keepsValues(of: $0) || after.newValue(of: $0) != nil }),
      !key.columns.contains(where: { after.newValue(of: $0) == "NULL" }), let source = after.source(key.columns)
    else { return nil }
    let isThere = all(key.columns.map { "\"child\".\(dialect.quoted($0)) IS NOT NULL" })
    let rows = "(SELECT count(*) FROM \(source.rows) AS \"child\" WHERE \(isThere)"
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
