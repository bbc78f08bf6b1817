internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// The new constraints of a table on its existing rows: keys, checks, unique indexes.
///
/// SQLite fails on rows that violate them when the revision runs, and does not report how many. So they are counted
/// before, with the values that the rows get.
struct SQLitePreflightChecks {
  let dialect: SQLiteDialect
  let old: Table
  let new: Table
  /// All tables before the rebuild.
  let live: Schema
  /// The tables that do not exist before.
  let created: Set<TableName>

  init(
    dialect: SQLiteDialect, from old: Table, to new: Table, beside live: Schema, creating created: Set<TableName>
  ) {
    self.dialect = dialect
    self.old = old
    self.new = new
    self.live = live
    self.created = created
  }

  /// The rows after the revision.
  var after: SQLiteRowsAfter { SQLiteRowsAfter(dialect: dialect, old: old, new: new) }

  /// The possible failures on existing rows.
  var notes: [String] {
    constraints.map { "fails if \(message(of: $0))" }
      + new.columns.filter(refusesNull).map { "fails if \(message(ofNullIn: $0))" }
  }

  /// The preconditions on existing rows.
  var conditions: [RowCondition] { conditions(of: constraints) + computedValues + movedReferences }

  /// The preconditions of new constraints on existing rows.
  func conditions(of constraints: [Constraint]) -> [RowCondition] {
    constraints.compactMap { constraint in
      rows(breaking: constraint).map {
        RowCondition(
          message: message(of: constraint), rows: $0, remedy: "change these rows first, or remove the constraint")
      }
    }
  }

  /// The preconditions of a new column and its constraints.
  func conditions(ofColumn column: Column, _ constraints: [Constraint]) -> [RowCondition] {
    conditions(of: constraints) + computedValues(of: column)
  }

  func notes(for index: Index) -> [String] { isNew(index) ? ["fails if \(message(of: index))"] : [] }

  func conditions(for index: Index) -> [RowCondition] {
    guard isNew(index), let rows = duplicates(index.elements, where: index.predicate) else { return [] }
    return [
      RowCondition(
        message: message(of: index), rows: rows, remedy: "change these rows first, or make the index not unique")
    ]
  }

  private func message(of constraint: Constraint) -> String { "rows of \(old.name) violate: \(constraint.displayText)" }

  private func message(of index: Index) -> String {
    "rows of \(old.name) share their (\(index.elements.map(\.termText).joined(separator: ", ")))"
  }

  private var constraints: [Constraint] {
    let checks = new.checks.filter { check in
      guard !isMetByNewColumn(check) else { return false }
      return changesValues(named: [check.expression])
        || !old.checks.contains { dialect.isSame($0.expression, check.expression) }
    }
    let uniques = new.uniques.filter { unique in
      changesValues(of: unique.elements) || !old.uniques.contains { isSame($0.elements, unique.elements) }
    }
    let keys = new.foreignKeys.filter { key in !old.foreignKeys.contains { isSame($0, key) } }
    let primaryKey = [new.primaryKey].compactMap(\.self).filter { key in
      changesValues(of: key.elements) || (old.primaryKey.map { !isSame($0.elements, key.elements) } ?? true)
    }
    return primaryKey.map(Constraint.primaryKey) + uniques.map(Constraint.unique) + checks.map(Constraint.check)
      + keys.map(Constraint.foreignKey)
  }

  /// Whether a check lists values of a new column, with what existing rows get in it.
  private func isMetByNewColumn(_ check: CheckConstraint) -> Bool {
    guard let list = AllowedValues(check.expression, for: dialect.name, lexicon: dialect.lexicon),
      old.column(list.column) == nil, let column = new.column(list.column)
    else { return false }
    return list.acceptExistingRows(ofNew: column, for: dialect.name, lexicon: dialect.lexicon)
  }

  /// Whether existing rows can share what a unique index contains; not if they already do not.
  private func isNew(_ index: Index) -> Bool {
    guard index.isUnique else { return false }
    return changesValues(of: index.elements) || changesValues(named: index.predicate.map { [$0] } ?? [])
      || !old.indexes.contains { other in
        guard other.isUnique, isSame(other.elements, index.elements) else { return false }
        switch (other.predicate, index.predicate) {
        case (nil, _): return true
        case (let left?, let right?): return dialect.isSame(left, right)
        default: return false
        }
      }
  }

  /// Whether the values of columns change, so that rows can violate what they did not violate before.
  private func changesValues(of elements: [IndexElement]) -> Bool {
    elements.contains { element in
      switch element.term {
      case .column(let name): after.changesValues(of: name)
      case .expression(let expression): changesValues(named: [expression])
      }
    }
  }

  private func changesValues(named expressions: [SQLExpression]) -> Bool {
    expressions.contains { after.columns(in: $0)?.contains(where: changesColumn) ?? false }
  }

  /// Another form of a value can violate a condition, although each value has its own.
  private func changesColumn(_ name: String) -> Bool {
    after.changesValues(of: name) || (old.column(name) != nil && !after.keepsValues(of: name))
  }

  /// Returns whether elements of the old table distinguish the same values as those of the new one.
  func isSame(_ left: [IndexElement], _ right: [IndexElement]) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { left, right in
        guard dialect.isSame(collation: collation(of: left, in: old), collation(of: right, in: new)) else {
          return false
        }
        return switch (left.term, right.term) {
        case (.column(let left), .column(let right)): left.folded == right.folded
        case (.expression(let left), .expression(let right)): dialect.isSame(left, right)
        default: false
        }
      }
  }

  private func isSame(_ left: ForeignKey, _ right: ForeignKey) -> Bool {
    left.columns.map { $0.folded } == right.columns.map { $0.folded }
      && left.table.folded == right.table.folded
      && referencedColumns(of: left).map { $0.folded } == referencedColumns(of: right).map { $0.folded }
  }

  func collation(of element: IndexElement, in table: Table) -> String? {
    guard element.collation == nil, case .column(let name) = element.term else { return element.collation }
    return table.column(name)?.collation ?? "BINARY"
  }

  func referencedColumns(of key: ForeignKey) -> [String] {
    key.referencedColumns.isEmpty ? live.table(folded: key.table)?.primaryKey?.columns ?? [] : key.referencedColumns
  }
}
