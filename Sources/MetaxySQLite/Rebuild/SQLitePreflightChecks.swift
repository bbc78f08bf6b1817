internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// The new constraints of a table on its existing rows: keys, checks, unique indexes.
///
/// SQLite fails on rows that violate them when the revision runs, and does not report how many. So they are counted
/// before where possible: for values that do not change.
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

  /// The possible failures on existing rows.
  var notes: [String] { constraints.map { "fails if \(message(of: $0))" } }

  /// The preconditions on existing rows.
  var conditions: [RowCondition] { conditions(of: constraints) + movedReferences }

  /// The preconditions of new constraints on existing rows.
  func conditions(of constraints: [Constraint]) -> [RowCondition] {
    constraints.compactMap { constraint in
      count(breaking: constraint).map {
        RowCondition(
          message: message(of: constraint), count: $0, remedy: "change these rows first, or remove the constraint")
      }
    }
  }

  func notes(for index: Index) -> [String] { isNew(index) ? ["fails if \(message(of: index))"] : [] }

  func conditions(for index: Index) -> [RowCondition] {
    guard isNew(index), let count = duplicates(index.elements, where: index.predicate) else { return [] }
    return [
      RowCondition(
        message: message(of: index), count: count, remedy: "change these rows first, or make the index not unique")
    ]
  }

  private func message(of constraint: Constraint) -> String { "rows of \(old.name) violate: \(constraint.displayText)" }

  private func message(of index: Index) -> String {
    "rows of \(old.name) share their (\(index.elements.map(\.termText).joined(separator: ", ")))"
  }

  private var constraints: [Constraint] {
    let checks = new.checks.filter { check in
      !old.checks.contains { dialect.isSame($0.expression, check.expression) }
    }
    let uniques = new.uniques.filter { unique in !old.uniques.contains { isSame($0.elements, unique.elements) } }
    let keys = new.foreignKeys.filter { key in !old.foreignKeys.contains { isSame($0, key) } }
    let primaryKey = [new.primaryKey].compactMap(\.self).filter { key in
      old.primaryKey.map { !isSame($0.elements, key.elements) } ?? true
    }
    return primaryKey.map(Constraint.primaryKey) + uniques.map(Constraint.unique) + checks.map(Constraint.check)
      + keys.map(Constraint.foreignKey)
  }

  private func isNew(_ index: Index) -> Bool {
    index.isUnique
      && !old.indexes.contains { other in
        guard other.isUnique, isSame(other.elements, index.elements) else { return false }
        switch (other.predicate, index.predicate) {
        case (nil, _): return true
        case (let left?, let right?): return dialect.isSame(left, right)
        default: return false
        }
      }
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
