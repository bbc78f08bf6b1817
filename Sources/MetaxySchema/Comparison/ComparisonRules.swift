package import MetaxyFeatures
package import MetaxyNames

/// The engine's rules of equality, which comparators use and each dialect implements.
package protocol ComparisonRules: Sendable {
  /// Returns a name in its comparable form: two names are equal if their forms are.
  func folded(_ name: String) -> String
  /// Returns whether two types are the same type of the engine, in a table with these options.
  func isSame(_ left: ColumnType, _ right: ColumnType, in options: [TableOption]) -> Bool
  /// Returns whether two defaults produce the same value.
  func isSame(_ left: ColumnDefault?, _ right: ColumnDefault?) -> Bool
  /// Returns whether two expressions are equal except for white space, letter case, and unnecessary quotes and
  /// parentheses.
  func isSame(_ left: SQLExpression, _ right: SQLExpression) -> Bool
  /// Returns whether two collations are equal; nil is the engine's default.
  func isSame(collation left: String?, _ right: String?) -> Bool
  /// Returns whether two actions of a foreign key have the same effect on the engine.
  func isSame(_ left: ForeignKeyAction, _ right: ForeignKeyAction) -> Bool
  /// Returns whether two `MATCH` clauses have the same effect on the engine.
  func isSame(match left: String?, _ right: String?) -> Bool
  /// Returns whether two constraints are enforced at the same time.
  func isSame(_ left: ConstraintDeferral, _ right: ConstraintDeferral) -> Bool
  /// Returns whether two conflict resolutions are equal; on an engine with a single resolution they always are.
  func isSame(_ left: ConflictResolution?, _ right: ConflictResolution?) -> Bool
  /// Renames a column in an expression of a definition. The engine itself rewrites the expressions of a database.
  func renaming(_ old: String, to new: String, in expression: SQLExpression) -> SQLExpression
  /// Returns the values that a check lists for one column; nil for any other check.
  func allowedValues(of check: SQLExpression) -> AllowedValues?
  /// Returns whether two identities are equal.
  func isSame(_ left: Identity?, _ right: Identity?) -> Bool
  /// Returns the part of a schema that the engine supports, with its types; the rest is not a difference on this
  /// engine.
  func supportedSubset(of schema: Schema) -> Schema
  /// Returns whether the engine generates, or would generate, this name, so that it is not explicit.
  func generatesName(_ name: String, for constraint: Constraint, of table: Table) -> Bool
  func generatesName(_ name: String, for index: Index, of table: Table) -> Bool
  func generatesName(_ sequence: TableName, for column: Column, of table: Table) -> Bool
  /// Returns whether a column never holds NULL, with NOT NULL or without.
  func neverHoldsNull(_ column: Column, of table: Table) -> Bool
  /// Returns the name that the engine generates for the sequence that numbers a column; nil if there are no sequences.
  func generatedSequence(of column: String, in table: TableName) -> TableName?
  /// Whether a constraint or an index can be renamed; otherwise it is dropped and added.
  var renamesConstraints: Bool { get }
  /// Whether a foreign key requires that its table exists, so that one of two tables that refer to each other gets its
  /// key later.
  var foreignKeysNeedTables: Bool { get }
}

extension ComparisonRules {
  /// Folds upper and lower case.
  package func folded(_ name: String) -> String { name.folded }
  package func isSame(_ left: ConstraintDeferral, _ right: ConstraintDeferral) -> Bool { left == right }
  package func isSame(_ left: ConflictResolution?, _ right: ConflictResolution?) -> Bool { true }
  /// Ignores `MATCH`: the supported engines only parse it, unless a dialect overrides this.
  package func isSame(match left: String?, _ right: String?) -> Bool { true }
  package func isSame(_ left: Identity?, _ right: Identity?) -> Bool { left == right }
  package func allowedValues(of check: SQLExpression) -> AllowedValues? { nil }
  package func supportedSubset(of schema: Schema) -> Schema { schema }
  package func generatesName(_ name: String, for constraint: Constraint, of table: Table) -> Bool { false }
  package func generatesName(_ name: String, for index: Index, of table: Table) -> Bool { false }
  package func generatesName(_ sequence: TableName, for column: Column, of table: Table) -> Bool { false }
  package func neverHoldsNull(_ column: Column, of table: Table) -> Bool { false }
  package func generatedSequence(of column: String, in table: TableName) -> TableName? { nil }
  package var renamesConstraints: Bool { false }
  package var foreignKeysNeedTables: Bool { false }

  /// Returns whether elements are equal; an element without a collation uses its column's in `table` or `other`.
  ///
  /// If the column's collation changes, an element that uses it changes too, and no longer equals one with the old
  /// collation.
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

  func column(_ name: String, of table: Table) -> Column? {
    let key = folded(name)
    return table.columns.first { folded($0.name) == key }
  }

  /// Returns the table with this name, as the engine compares names; nil if there is none.
  package func table(_ name: TableName, in schema: Schema) -> Table? {
    if let table = schema[name] { return table }
    let key = folded(name)
    // The names are searched, not the tables, which are large values.
    return schema.tables.keys.lazy.filter { folded($0) == key }.min().flatMap { schema[$0] }
  }

  /// Returns whether an explicit name differs from the live one; case-sensitive, because the user chose the name.
  func isOtherName(_ desired: ConstraintName?, _ live: ConstraintName?) -> Bool {
    guard let desired, desired.isExplicit else { return false }
    return desired.text != live?.text
  }
}

extension IndexElement {
  /// Whether NULL sorts first: explicit, or the default, which is last, and first in a descending order.
  fileprivate var nullsAreFirst: Bool { nullsFirst ?? isDescending }

  fileprivate func collation(in table: Table) -> String? {
    guard collation == nil, case .column(let name) = term else { return collation }
    return table.column(name)?.collation
  }
}
