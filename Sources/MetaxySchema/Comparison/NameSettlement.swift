internal import MetaxyFeatures
internal import MetaxyNames

/// Settles generated names of constraints and indexes: those of definitions come from a scratch database, where
/// the order of objects differs from the live one.
///
/// A generated name follows a rename of its table or column. An object that needs the name of another one gets it if that
/// one has another name in the definitions, and otherwise a free one.
struct NameSettlement<Rules: ComparisonRules> {
  private let rules: Rules
  private let live: RenamedSchema
  private let desired: Schema
  private var tables: Schema
  private var taken: Set<ObjectName>
  private var renames: [MigrationOperation] = []

  /// - Parameter operations: the operations after the declared renames.
  init(_ operations: [MigrationOperation], from live: RenamedSchema, to desired: Schema, rules: Rules) {
    self.rules = rules
    self.live = live
    self.desired = desired
    tables = live.after.definition
    taken = live.before.takenNames.reduce(into: []) { $0.insert(.relation($1)) }
    for table in live.after.definition.sorted { taken.formUnion(table.objectNames) }
    for operation in live.renames + operations { taken.subtract(operation.releasedNames) }
    for rename in live.renames { taken.formUnion(rename.claimedNames) }
  }

  /// Returns the operations with settled names, after the renames that this needs.
  static func settle(
    _ operations: [MigrationOperation], from live: RenamedSchema, to desired: Schema, rules: Rules
  ) -> [MigrationOperation] {
    guard rules.renamesConstraints, !operations.isEmpty || !live.renames.isEmpty else { return operations }
    var settlement = NameSettlement(operations, from: live, to: desired, rules: rules)
    let gone = operations.reduce(into: Set<ObjectName>()) { $0.formUnion($1.releasedNames) }
    settlement.followRenames(without: gone)
    let settled = operations.map { settlement.settled($0, gone) }
    return settlement.renames + settled
  }

  // MARK: Following renames

  private mutating func followRenames(without gone: Set<ObjectName>) {
    guard !live.renames.isEmpty else { return }
    for former in live.formerTables {
      guard let before = live.before.definition[former.formerName], let table = tables[former.name],
        let target = rules.table(former.name, in: desired)
      else { continue }
      for object in table.namedObjects where gone.isDisjoint(with: object.names(in: table.name)) {
        guard isGenerated(object, in: before), let other = counterpart(of: object, in: table, target),
          let name = other.name, !name.isExplicit
        else { continue }
        _ = rename(object, to: name.text, in: table.name)
      }
      followSequences(from: before, to: table, former)
    }
  }

  private func isGenerated(_ object: NamedObject, in table: Table) -> Bool {
    guard let name = object.name?.text,
      let former = table.namedObjects.first(where: { $0.name?.text == name && $0.hasIndex == object.hasIndex })
    else { return false }
    switch former {
    case .constraint(let constraint): return rules.generatesName(name, for: constraint, of: table)
    case .index(let index):
      return rules.generatesName(name, for: index, of: table)
        || ObjectNames.index(of: table.name, terms: index.terms).text == name
    }
  }

  /// The sequences that number columns.
  private mutating func followSequences(from before: Table, to table: Table, _ former: FormerTable) {
    for column in table.columns {
      guard let formerName = former.columns.first(where: { $0.name == column.name })?.formerName,
        let old = before.column(formerName), let identity = old.identity,
        let usual = rules.generatedSequence(of: formerName, in: before.name),
        let name = rules.generatedSequence(of: column.name, in: table.name), name != usual,
        identity.sequence == nil || identity.sequence == usual, !taken.contains(.relation(name))
      else { continue }
      var (from, to) = (column, column)
      from.identity?.sequence = usual
      to.identity?.sequence = name
      taken.insert(.relation(name))
      renames.append(.changeColumn(.init(table: table.name, aspect: .identity, from: from, to: to)))
    }
  }

  /// Renames a live object, unless the name is taken.
  private mutating func rename(_ object: NamedObject, to name: String, in table: TableName) -> Bool {
    let new = object.named(name)
    guard object.name?.text != name, taken.isDisjoint(with: new.names(in: table)),
      let operation = object.rename(to: new, in: table)
    else { return false }
    taken.subtract(object.names(in: table))
    taken.formUnion(new.names(in: table))
    tables = tables.applying([operation])
    renames.append(operation)
    return true
  }

  // MARK: Free names

  private mutating func settled(_ operation: MigrationOperation, _ gone: Set<ObjectName>) -> MigrationOperation {
    switch operation {
    case .addConstraint(let addition):
      let object = settled(.constraint(addition.constraint), in: addition.table, gone)
      return object.creation(in: addition.table)
    case .createIndex(let creation):
      return settled(.index(creation.index), in: creation.table, gone).creation(in: creation.table)
    case .createTable(var creation):
      creation.definition = settled(creation.definition, gone)
      return .createTable(creation)
    default:
      taken.formUnion(operation.claimedNames)
      return operation
    }
  }

  private mutating func settled(_ table: Table, _ gone: Set<ObjectName>) -> Table {
    taken.insert(.relation(table.name))
    var settled = table
    for constraint in table.constraints {
      let object = self.settled(.constraint(constraint), in: table.name, gone)
      guard case .constraint(let named) = object, let name = named.name, name != constraint.name else { continue }
      settled =
        Schema([settled]).applying([
          .renameConstraint(.init(table: table.name, from: constraint, to: named))
        ])[table.name] ?? settled
    }
    return settled
  }

  private mutating func settled(
    _ object: NamedObject, in table: TableName, _ gone: Set<ObjectName>
  ) -> NamedObject {
    defer { taken.formUnion(object.names(in: table)) }
    guard let name = object.name, !name.isExplicit, !taken.isDisjoint(with: object.names(in: table)) else {
      return object
    }
    if releases(name.text, for: object, in: table) { return object }
    let free =
      (1...).lazy.map { object.named(Self.numbered(name.text, $0)) }.first {
        taken.isDisjoint(with: $0.names(in: table))
      } ?? object
    taken.formUnion(free.names(in: table))
    return free
  }

  /// Renames the live object that has a name to the name that it has in the definitions.
  private mutating func releases(_ name: String, for object: NamedObject, in table: TableName) -> Bool {
    guard let present = tables[table], let target = rules.table(table, in: desired),
      let holder = present.namedObjects.first(where: { $0.name?.text == name }),
      let other = counterpart(of: holder, in: present, target), let otherName = other.name, !otherName.isExplicit,
      rename(holder, to: otherName.text, in: table)
    else { return false }
    return taken.isDisjoint(with: object.names(in: table))
  }

  private static func numbered(_ name: String, _ number: Int) -> String {
    var name = name[...]
    while name.utf8.count + String(number).utf8.count > ObjectNames.maximumLength { name.removeLast() }
    return "\(name)\(number)"
  }

  // MARK: Counterparts

  /// Returns the desired object that equals a live one, and is under another name.
  private func counterpart(of object: NamedObject, in table: Table, _ target: Table) -> NamedObject? {
    let candidates = target.namedObjects.filter { isSame(object, in: table, $0, in: target) }
    guard !candidates.contains(where: { $0.name?.text == object.name?.text }) else { return nil }
    let names = Set(table.namedObjects.compactMap { $0.name?.text })
    return candidates.first { $0.name.map { !names.contains($0.text) } ?? false }
  }

  private func isSame(_ object: NamedObject, in table: Table, _ other: NamedObject, in target: Table) -> Bool {
    switch (object, other) {
    case (.index(let live), .index(let desired)):
      IndexComparator(rules: rules).isSame(live, of: table, desired, of: target)
    case (.constraint(let live), .constraint(let desired)): isSame(live, desired)
    default: false
    }
  }

  private func isSame(_ live: Constraint, _ desired: Constraint) -> Bool {
    switch (live, desired) {
    case (.primaryKey(let live), .primaryKey(let desired)):
      return PrimaryKeyComparator(rules: rules).isSame(live, desired)
    case (.unique(let live), .unique(let desired)): return UniqueComparator(rules: rules).isSame(live, desired)
    case (.check(let live), .check(let desired)): return CheckComparator(rules: rules).isSame(live, desired)
    case (.exclusion(let live), .exclusion(let desired)):
      return ExclusionComparator(rules: rules).isSame(live, desired)
    case (.foreignKey(let live), .foreignKey(let desired)):
      let keys = Dictionary(
        (self.desired.sorted + tables.sorted).compactMap { table in
          table.primaryKey.map { (rules.folded(table.name), $0.columns) }
        }
      ) { first, _ in first }
      return ForeignKeyComparator(rules: rules, primaryKeys: keys).isSame(live, desired)
    default: return false
    }
  }
}
