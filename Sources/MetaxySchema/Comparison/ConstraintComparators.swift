internal import MetaxyNames

/// The common part of the comparators of constraints: drops first, then additions, each by name.
protocol ConstraintComparator {
  associatedtype Rules: ComparisonRules
  associatedtype Kind: Equatable

  var rules: Rules { get }
  func constraints(of table: Table) -> [Kind]
  func isSame(_ live: Kind, _ desired: Kind) -> Bool
  func wrap(_ constraint: Kind) -> Constraint
}

extension ConstraintComparator {
  func operations(from live: Table, to desired: Table) -> [MigrationOperation] {
    let differences = differences(from: live, to: desired)
    return differences.renamed.map(MigrationOperation.renameConstraint)
      + differences.changed.map(MigrationOperation.changeConstraint)
      + differences.removed.map(MigrationOperation.dropConstraint)
      + differences.added.map(MigrationOperation.addConstraint)
  }

  func differences(
    from live: Table, to desired: Table
  ) -> ConstraintDifferences {
    var (removed, added, kept) = ObjectMatcher.unmatched(
      live: constraints(of: live), desired: constraints(of: desired),
      isSame: { isSame($0, $1) && !rules.isOtherName(wrap($1).name, wrap($0).name) },
      hasSameName: { wrap($0).name?.text == wrap($1).name?.text })
    let renamed =
      rules.renamesConstraints
      ? ObjectMatcher.pairs(&removed, &added) { isSame($0, $1) && isRename(from: wrap($0), to: wrap($1)) }.map {
        RenameConstraint(table: live.name, from: wrap($0.live), to: wrap($0.desired))
      } : []
    let pairs = kept.map { (live: wrap($0.live), desired: wrap($0.desired)) }
    return ConstraintDifferences(
      renamed: renamed, changed: changes(of: pairs, live, desired),
      removed: sorted(removed).map { DropConstraint(table: live.name, constraint: $0) },
      added: sorted(added).map { AddConstraint(table: live.name, constraint: $0) },
      kept: pairs)
  }

  /// Returns the changes of constraints that stay: of their validity, and of the storage of their indexes.
  private func changes(
    of pairs: [(live: Constraint, desired: Constraint)], _ live: Table, _ desired: Table
  ) -> [ChangeConstraint] {
    pairs.filter { pair in
      // Rules of a feature hold for all rows.
      pair.live.isValidated != pair.desired.isValidated
        || (desired.specifiesSettings && pair.live.storage != pair.desired.storage)
    }.map { ChangeConstraint(table: live.name, from: $0.live, to: $0.live.inState(of: $0.desired)) }
      .sorted { ($0.object ?? "") < ($1.object ?? "") }
  }

  /// Returns whether a constraint is renamed. A name that differs only in letter case is dropped and added, as in
  /// Alembic.
  private func isRename(from live: Constraint, to desired: Constraint) -> Bool {
    live.name?.text.folded != desired.name?.text.folded
  }

  private func sorted(_ constraints: [Kind]) -> [Constraint] {
    constraints.map(wrap).sorted { ($0.name?.text ?? "", $0.displayText) < ($1.name?.text ?? "", $1.displayText) }
  }
}

struct ConstraintDifferences {
  var renamed: [RenameConstraint]
  var changed: [ChangeConstraint]
  var removed: [DropConstraint]
  var added: [AddConstraint]
  /// The constraints that stay, but are not identical.
  var kept: [(live: Constraint, desired: Constraint)]
}

struct PrimaryKeyComparator<Rules: ComparisonRules>: ConstraintComparator {
  let rules: Rules

  func constraints(of table: Table) -> [PrimaryKey] { table.primaryKey.map { [$0] } ?? [] }
  func wrap(_ key: PrimaryKey) -> Constraint { .primaryKey(key) }
  func isSame(_ live: PrimaryKey, _ desired: PrimaryKey) -> Bool {
    rules.isSame(live.elements, desired.elements) && live.isAutoincrement == desired.isAutoincrement
      && rules.isSame(live.onConflict, desired.onConflict) && rules.isSame(live.deferral, desired.deferral)
      && rules.isSame(names: live.includes, desired.includes)
  }
}

struct UniqueComparator<Rules: ComparisonRules>: ConstraintComparator {
  let rules: Rules

  func constraints(of table: Table) -> [UniqueConstraint] { table.uniques }
  func wrap(_ unique: UniqueConstraint) -> Constraint { .unique(unique) }
  func isSame(_ live: UniqueConstraint, _ desired: UniqueConstraint) -> Bool {
    rules.isSame(live.elements, desired.elements) && rules.isSame(live.onConflict, desired.onConflict)
      && rules.isSame(live.deferral, desired.deferral) && rules.isSame(names: live.includes, desired.includes)
      && live.nullsAreEqual == desired.nullsAreEqual
  }
}

struct CheckComparator<Rules: ComparisonRules>: ConstraintComparator {
  let rules: Rules

  func constraints(of table: Table) -> [CheckConstraint] { table.checks }
  func wrap(_ check: CheckConstraint) -> Constraint { .check(check) }
  func isSame(_ live: CheckConstraint, _ desired: CheckConstraint) -> Bool {
    rules.isSame(live.expression, desired.expression) && live.isInherited == desired.isInherited
  }
}

struct ForeignKeyComparator<Rules: ComparisonRules>: ConstraintComparator {
  let rules: Rules
  /// Primary keys by folded table name: the columns of a foreign key without referenced columns.
  let primaryKeys: [TableName: [String]]

  func constraints(of table: Table) -> [ForeignKey] { table.foreignKeys }
  func wrap(_ key: ForeignKey) -> Constraint { .foreignKey(key) }
  func isSame(_ live: ForeignKey, _ desired: ForeignKey) -> Bool {
    rules.isSame(names: live.columns, desired.columns)
      && rules.folded(live.table) == rules.folded(desired.table)
      && rules.isSame(names: referencedColumns(of: live), referencedColumns(of: desired))
      && rules.isSame(live.onDelete, desired.onDelete)
      && rules.isSame(live.onUpdate, desired.onUpdate)
      && rules.isSame(live.deferral, desired.deferral)
      && rules.isSame(match: live.match, desired.match)
      && rules.isSame(names: live.columnsSetOnDelete, desired.columnsSetOnDelete)
  }

  private func referencedColumns(of key: ForeignKey) -> [String] {
    key.referencedColumns.isEmpty ? primaryKeys[rules.folded(key.table)] ?? [] : key.referencedColumns
  }
}

struct ExclusionComparator<Rules: ComparisonRules>: ConstraintComparator {
  let rules: Rules

  func constraints(of table: Table) -> [ExclusionConstraint] { table.exclusions }
  func wrap(_ exclusion: ExclusionConstraint) -> Constraint { .exclusion(exclusion) }
  func isSame(_ live: ExclusionConstraint, _ desired: ExclusionConstraint) -> Bool {
    live.method == desired.method && rules.isSame(live.predicate, desired.predicate)
      && rules.isSame(live.elements.map(\.element), desired.elements.map(\.element))
      && live.elements.map(\.comparison) == desired.elements.map(\.comparison)
      && rules.isSame(names: live.includes, desired.includes) && rules.isSame(live.deferral, desired.deferral)
  }
}
