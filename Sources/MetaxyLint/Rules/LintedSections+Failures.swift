internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyLintRules
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// Changes that existing rows can fail.
extension LintedSections {
  // MARK: Keys and unique indexes

  func uniqueFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    let (table, columns, isKey): (TableName, [String]?, Bool)
    switch change {
    case .createIndex(let index) where index.isUnique: (table, columns, isKey) = (index.table, index.columns, false)
    case .alterTable(let name, .addConstraint(let constraint))
    where [.primaryKey, .unique].contains(constraint.kind) && constraint.index == nil:
      (table, columns, isKey) = (name, constraint.columns, constraint.kind == .primaryKey)
    case .alterTable(let name, .addColumn(let column)) where column.isUnique || column.isPrimaryKey:
      guard dialect.name != "sqlite" || isRebuilt(name), !column.isSerial, !column.isIdentity else { return [] }
      (table, columns, isKey) = (name, [column.name], column.isPrimaryKey)
    default: return []
    }
    guard !isNew(table, at: step.index) else { return [] }
    let names = columns ?? []
    guard !names.contains(where: { isDistinct($0, of: table, step, mayBeNull: !isKey) }),
      !isUniqueBefore(names, of: table, at: step.index)
    else { return [] }
    let list = columns.map { "their \(Wording.list($0))" } ?? "the value of an expression"
    return [
      finding(
        .uniqueRows, step.index, "fails if rows of `\(table)` share \(list)",
        severity: severity(of: names, in: table, at: step.index))
    ]
  }

  /// Whether a new column has another value in each row, or NULL.
  private func isDistinct(_ column: String, of table: TableName, _ step: LintStep, mayBeNull: Bool) -> Bool {
    guard let added = added(column, to: table, before: step.index) else { return false }
    // SQLite numbers the rows of an `INTEGER PRIMARY KEY`. https://sqlite.org/lang_createtable.html#rowid
    if !mayBeNull, dialect.name == "sqlite", added.type.folded == "integer" { return true }
    return added.isSerial || added.isIdentity || mayBeNull && isNewAndNull(column, of: table, at: step.index)
  }

  /// Whether rows were unique in some of the columns before the revision.
  func isUniqueBefore(_ columns: [String], of table: TableName, at step: Int) -> Bool {
    guard let known = tableBefore(table, at: step) else { return false }
    let names = columns.map { dialect.folded(former($0, of: table, at: step)) }
    func isCovered(_ key: [String]) -> Bool { !key.isEmpty && key.allSatisfy { names.contains(dialect.folded($0)) } }
    let indexes = known.indexes.filter { $0.isUnique && $0.predicate == nil && $0.columns.count == $0.elements.count }
    return isCovered(known.primaryKey?.columns ?? []) || known.uniques.contains { isCovered($0.columns) }
      || indexes.contains { isCovered($0.columns) }
  }

  private func isRebuilt(_ table: TableName) -> Bool { rebuilds.contains { isSame($0.table, table) } }

  // MARK: NOT NULL

  func nullFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    guard case .alterTable(let table, let action) = change, !isNew(table, at: step.index) else { return [] }
    switch action {
    case .addColumn(let column):
      guard column.isNotNull, column.isNullInExistingRows else { return [] }
      return [
        finding(
          .requiredColumn, step.index,
          "fails if `\(table)` has rows, which have no value for the new column `\(column.name)`",
          severity: severity(of: [column.name], in: table, at: step.index))
      ]
    case .setNotNull(let column):
      guard !isKnownNotNull(column, of: table, at: step.index) else { return [] }
      return nullFinding(column, of: table, step)
    case .addConstraint(let key) where key.kind == .primaryKey && key.index == nil && dialect.name == "postgresql":
      // The columns become NOT NULL.
      return key.columns.filter {
        !isKnownNotNull($0, of: table, at: step.index) && !isSetNotNull($0, of: table, before: step.index)
      }.flatMap { nullFinding($0, of: table, step) }
    case .addConstraint(let constraint) where !constraint.isNotValid:
      guard let column = constraint.requiredColumn, !isKnownNotNull(column, of: table, at: step.index) else {
        return []
      }
      return nullFinding(column, of: table, step)
    case .validate(let name):
      guard let column = constraint(name, of: table, before: step.index)?.requiredColumn,
        !isKnownNotNull(column, of: table, at: step.index)
      else { return [] }
      return nullFinding(column, of: table, step)
    default: return []
    }
  }

  private func nullFinding(_ column: String, of table: TableName, _ step: LintStep) -> [LintFinding] {
    if let added = added(column, to: table, before: step.index), !added.isNullInExistingRows { return [] }
    if let known = columnBefore(column, of: table, at: step.index), !known.isNullable { return [] }
    guard !isBackfilled(column, of: table, at: step.index) else { return [] }
    return [
      finding(
        .nullRows, step.index, "fails if `\(table).\(column)` holds NULL",
        severity: severity(of: [column], in: table, at: step.index))
    ]
  }

  /// Whether a check that is validated before the statement excludes NULL.
  func isKnownNotNull(_ column: String, of table: TableName, at step: Int) -> Bool {
    if let known = tableBefore(table, at: step) {
      let former = former(column, of: table, at: step)
      if known.primaryKey?.columns.contains(where: { isSame($0, former) }) == true { return true }
      if conditions(before: table, at: step).contains(.notNull(dialect.folded(former))) { return true }
    }
    return steps[..<step].contains { earlier in
      earlier.changes.contains { change in
        guard case .alterTable(let other, let action) = change, isSame(other, table) else { return false }
        switch action {
        case .addConstraint(let check) where !check.isNotValid: return isSame(check.requiredColumn ?? "", column)
        case .validate(let name):
          return isSame(constraint(name, of: table, before: earlier.index)?.requiredColumn ?? "", column)
        default: return false
        }
      }
    }
  }

  private func isSetNotNull(_ column: String, of table: TableName, before step: Int) -> Bool {
    steps[..<step].flatMap(\.changes).contains { change in
      guard case .alterTable(let other, .setNotNull(let name)) = change else { return false }
      return isSame(other, table) && isSame(name, column)
    }
  }

  // MARK: Checks, foreign keys, exclusions

  func constraintFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    guard case .alterTable(let table, let action) = change, !isNew(table, at: step.index) else { return [] }
    let constraints: [WrittenConstraint]
    switch action {
    case .addConstraint(let constraint): constraints = constraint.isNotValid ? [] : [constraint]
    case .validate(let name): constraints = [constraint(name, of: table, before: step.index)].compactMap(\.self)
    case .addColumn(let column): constraints = column.constraints
    default: return []
    }
    return constraints.filter { mayFail($0, of: table, at: step.index) }.map { constraint in
      finding(
        .violatedConstraint, step.index, "fails if rows of `\(table)` violate \(constraint.displayText)",
        severity: severity(of: columns(of: constraint, in: table, at: step.index), in: table, at: step.index))
    }
  }

  private func mayFail(_ constraint: WrittenConstraint, of table: TableName, at step: Int) -> Bool {
    switch constraint.kind {
    case .primaryKey, .unique, .notNull: return false
    case .exclusion: return true
    case .check:
      guard constraint.requiredColumn == nil else { return false }
      return !isMet(constraint.expression, by: table, at: step)
    case .foreignKey:
      if constraint.columns.contains(where: { isNewAndNull($0, of: table, at: step) }) { return false }
      let columns = constraint.columns.map { dialect.folded(former($0, of: table, at: step)) }
      return tableBefore(table, at: step)?.foreignKeys.contains { key in
        key.isValidated && key.columns.map(dialect.folded) == columns
          && constraint.referencedTable.map { isSame(former($0, at: step), key.table) } == true
      } != true
    }
  }

  /// Whether existing rows meet a check: earlier checks imply each of its conditions, or it is about a new column whose value
  /// is known.
  private func isMet(_ expression: [SQLToken], by table: TableName, at step: Int) -> Bool {
    let known = conditions(before: table, at: step)
    return CheckCondition.all(in: expression, fold: dialect.folded).allSatisfy { condition in
      known.contains { $0.implies(condition) } || isMetByNewColumn(condition, of: table, at: step)
    }
  }

  private func isMetByNewColumn(_ condition: CheckCondition, of table: TableName, at step: Int) -> Bool {
    guard !condition.distinguishesNull else { return false }
    return condition.names.contains { name in
      guard !isNewAndNull(name, of: table, at: step) else { return true }
      guard let added = added(name, to: table, before: step) else { return false }
      return condition.accepts(added.defaultValue, for: dialect.folded(name))
    }
  }

  /// The conditions that the checks of a table have before the revision.
  private func conditions(before table: TableName, at step: Int) -> [CheckCondition] {
    let checks = tableBefore(table, at: step)?.checks.filter(\.isValidated) ?? []
    return checks.flatMap { check -> [CheckCondition] in
      let text = check.expression.text(for: dialect.name)
      // An expression that cannot be read implies nothing.
      guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: dialect.lexicon) else { return [] }
      return CheckCondition.all(in: tokens, fold: dialect.folded)
    }
  }

  /// The constraint of this name that an earlier statement added, or that the table had.
  func constraint(_ name: String, of table: TableName, before step: Int) -> WrittenConstraint? {
    for earlier in steps[..<step].reversed() {
      for case .alterTable(let other, .addConstraint(let constraint)) in earlier.changes
      where isSame(other, table) && constraint.name.map({ isSame($0, name) }) == true {
        return constraint
      }
    }
    let known = tableBefore(table, at: step)?.constraints.first { $0.name.map { isSame($0.text, name) } == true }
    // An expression that cannot be read is an error of the record, which other commands report.
    return known.flatMap { try? written($0) }
  }

  private func columns(of constraint: WrittenConstraint, in table: TableName, at step: Int) -> [String] {
    guard constraint.kind == .check else { return constraint.columns }
    let names = Set(CheckCondition.all(in: constraint.expression, fold: dialect.folded).flatMap(\.names))
    let known = tableBefore(table, at: step)?.columns.map { dialect.folded($0.name) } ?? []
    return names.filter { known.contains(dialect.folded(former($0, of: table, at: step))) }.sorted()
  }
}

extension WrittenConstraint {
  /// The column of `CHECK (column IS NOT NULL)` or `NOT NULL column`; nil for any other constraint.
  var requiredColumn: String? {
    if kind == .notNull { return columns.first }
    let conditions = CheckCondition.all(in: expression) { $0 }
    guard kind == .check, conditions.count == 1, case .notNull(let column) = conditions[0] else { return nil }
    return column
  }

  var displayText: String {
    switch kind {
    case .check: "the check `\(expression.sourceText)`"
    case .foreignKey:
      "the foreign key of \(Wording.list(columns))" + (referencedTable.map { " to `\($0)`" } ?? "")
    case .exclusion: "the exclusion constraint" + (name.map { " `\($0)`" } ?? "")
    case .primaryKey, .unique, .notNull: "the constraint" + (name.map { " `\($0)`" } ?? "")
    }
  }
}

extension Index {
  /// The columns among its elements.
  var columns: [String] {
    elements.compactMap { element in if case .column(let name) = element.term { name } else { nil } }
  }
}
