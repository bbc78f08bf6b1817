package import MetaxyFeatures
package import MetaxySQL

/// What an engine holds to be the same. The comparators ask; each dialect answers.
package protocol ComparisonRules: Sendable {
  /// A name in the form in which it is compared: two names are one when their forms are.
  func folded(_ name: String) -> String
  /// Whether two types are one to the engine, in a table with these options.
  func isSame(_ left: ColumnType, _ right: ColumnType, in options: [TableOption]) -> Bool
  /// Whether two defaults give one value.
  func isSame(_ left: ColumnDefault?, _ right: ColumnDefault?) -> Bool
  /// Whether two expressions are one but for white space, capitals and needless quotes and parentheses.
  func isSame(_ left: SQLExpression, _ right: SQLExpression) -> Bool
  /// Whether two collations are one; nil is the engine's default.
  func isSame(collation left: String?, _ right: String?) -> Bool
  /// Whether two actions of a foreign key are one to the engine.
  func isSame(_ left: ForeignKeyAction, _ right: ForeignKeyAction) -> Bool
  /// Whether two `MATCH` clauses are one to the engine.
  func isSame(match left: String?, _ right: String?) -> Bool
  /// Whether two constraints are enforced at one time.
  func isSame(_ left: ConstraintDeferral, _ right: ConstraintDeferral) -> Bool
  /// Whether two ways to deal with a row that violates a constraint are one; engines that know but one refuse it always.
  func isSame(_ left: ConflictResolution?, _ right: ConflictResolution?) -> Bool
  /// Rewrites an expression of a definition in which a column is renamed. What a database holds is its engine's to rewrite.
  func renaming(_ old: String, to new: String, in expression: SQLExpression) -> SQLExpression
  /// Whether two ways of numbering rows are one.
  func isSame(_ left: Identity?, _ right: Identity?) -> Bool
  /// Returns what of a schema the engine can hold, in its terms: what it has no words for is no difference there.
  func supportedSubset(of schema: Schema) -> Schema
  /// Whether the engine itself has chosen a name, or would have: one that nobody gave.
  func generatesName(_ name: String, for constraint: Constraint, of table: Table) -> Bool
  func generatesName(_ name: String, for index: Index, of table: Table) -> Bool
  func generatesName(_ sequence: TableName, for column: Column, of table: Table) -> Bool
  /// Whether a constraint or an index can be given another name; else it is dropped and added.
  var renamesConstraints: Bool { get }
  /// Whether a foreign key needs its table to be there already, so that of two tables that refer to each other one gets its
  /// key later.
  var foreignKeysNeedTables: Bool { get }
}

extension ComparisonRules {
  /// Capitals and small letters alike.
  package func folded(_ name: String) -> String { name.folded }
  package func isSame(_ left: ConstraintDeferral, _ right: ConstraintDeferral) -> Bool { left == right }
  package func isSame(_ left: ConflictResolution?, _ right: ConflictResolution?) -> Bool { true }
  /// No engine at hand does more with `MATCH` than read it, but for one that says otherwise.
  package func isSame(match left: String?, _ right: String?) -> Bool { true }
  package func isSame(_ left: Identity?, _ right: Identity?) -> Bool { left == right }
  package func supportedSubset(of schema: Schema) -> Schema { schema }
  package func generatesName(_ name: String, for constraint: Constraint, of table: Table) -> Bool { false }
  package func generatesName(_ name: String, for index: Index, of table: Table) -> Bool { false }
  package func generatesName(_ sequence: TableName, for column: Column, of table: Table) -> Bool { false }
  package var renamesConstraints: Bool { false }
  package var foreignKeysNeedTables: Bool { false }

  /// Whether elements are the same; one without a collation takes that of its column in `table`, or in `other`.
  ///
  /// Where that of the column changes, one that takes it changes too, and is no longer the one that names the old collation.
  func isSame(_ left: [IndexElement], in table: Table, _ right: [IndexElement], in other: Table) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { left, right in
        guard isSame(left, right) else { return false }
        guard left.collation != nil || right.collation != nil else { return true }
        let takesChange =
          left.collation == nil && !isSame(collation: left.collation(in: table), left.collation(in: other))
        return !takesChange && isSame(collation: left.collation(in: table), right.collation(in: other))
      }
  }

  func isSame(_ left: [IndexElement], _ right: [IndexElement]) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { isSame($0, $1) && isSame(collation: $0.collation, $1.collation) }
  }

  private func isSame(_ left: IndexElement, _ right: IndexElement) -> Bool {
    guard left.isDescending == right.isDescending,
      left.nullsAreFirst == right.nullsAreFirst, left.operatorClass == right.operatorClass
    else { return false }
    return switch (left.term, right.term) {
    case (.column(let left), .column(let right)): isSame(name: left, right)
    case (.expression(let left), .expression(let right)): isSame(left, right)
    default: false
    }
  }

  func isSame(_ left: SQLExpression?, _ right: SQLExpression?) -> Bool {
    switch (left, right) {
    case (nil, nil): true
    case (let left?, let right?): isSame(left, right)
    default: false
    }
  }

  func isSame(_ left: GeneratedValue?, _ right: GeneratedValue?) -> Bool {
    left?.isStored == right?.isStored && isSame(left?.expression, right?.expression)
  }

  func isSame(name left: String, _ right: String) -> Bool { folded(left) == folded(right) }

  func isSame(names left: [String], _ right: [String]) -> Bool { left.map(folded) == right.map(folded) }

  /// The name of a table in the form in which it is compared.
  package func folded(_ table: TableName) -> TableName {
    TableName(folded(table.name), schema: table.schema.map(folded))
  }

  func column(_ name: String, of table: Table) -> Column? { table.columns.first { isSame(name: $0.name, name) } }

  /// The table of this name, as the engine compares names; nil where there is none.
  package func table(_ name: TableName, in schema: Schema) -> Table? {
    schema[name] ?? schema.sorted.first { folded($0.name) == folded(name) }
  }

  /// Whether a name that was given differs from the one found; here capitals count, as the name itself was asked for.
  func isOtherName(_ desired: ConstraintName?, _ live: ConstraintName?) -> Bool {
    guard let desired, desired.isExplicit else { return false }
    return desired.text != live?.text
  }
}

extension IndexElement {
  /// Where nothing is said NULL comes last, and first in a descending order.
  fileprivate var nullsAreFirst: Bool { nullsFirst ?? isDescending }

  fileprivate func collation(in table: Table) -> String? {
    guard collation == nil, case .column(let name) = term else { return collation }
    return table.column(name)?.collation
  }
}
