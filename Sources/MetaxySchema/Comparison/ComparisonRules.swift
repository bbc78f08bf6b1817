public import MetaxyFeatures

/// What an engine holds to be the same. The comparators ask; each dialect answers.
public protocol ComparisonRules: Sendable {
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
  /// Whether two foreign keys are enforced at one time.
  func isSame(_ left: ForeignKeyDeferral, _ right: ForeignKeyDeferral) -> Bool
  /// Whether two ways to deal with a row that violates a constraint are one; engines that know but one refuse it always.
  func isSame(_ left: ConflictResolution?, _ right: ConflictResolution?) -> Bool
  /// Rewrites an expression in which a column is renamed.
  func renaming(_ old: String, to new: String, in expression: SQLExpression) -> SQLExpression
  /// The options of a table that the engine knows; the others are no difference there.
  var knownOptions: Set<TableOption> { get }
}

extension ComparisonRules {
  public func isSame(_ left: ForeignKeyDeferral, _ right: ForeignKeyDeferral) -> Bool { left == right }
  public func isSame(_ left: ConflictResolution?, _ right: ConflictResolution?) -> Bool { true }

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
    guard left.isDescending == right.isDescending else { return false }
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

  /// Names of columns and tables compare as the engines do: capitals and small letters alike.
  func isSame(name left: String, _ right: String) -> Bool { left.folded == right.folded }

  func isSame(names left: [String], _ right: [String]) -> Bool {
    left.map { $0.folded } == right.map { $0.folded }
  }

  /// Whether a name that was given differs from the one found; here capitals count, as the name itself was asked for.
  func isOtherName(_ desired: ConstraintName?, _ live: ConstraintName?) -> Bool {
    guard let desired, desired.isGiven else { return false }
    return desired.text != live?.text
  }
}

extension IndexElement {
  fileprivate func collation(in table: Table) -> String? {
    guard collation == nil, case .column(let name) = term else { return collation }
    return table.column(name)?.collation
  }
}
