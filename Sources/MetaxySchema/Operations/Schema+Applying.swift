package import MetaxyFeatures
internal import MetaxyNames

extension Schema {
  /// Rewrites an expression in which the column `old` becomes `new`.
  package typealias ExpressionRenaming = (_ expression: SQLExpression, _ old: String, _ new: String) -> SQLExpression

  /// Returns the schema after `operations`.
  ///
  /// - Parameter renaming: rewrites an expression in which a column is renamed.
  package func applying(
    _ operations: [MigrationOperation], renaming: ExpressionRenaming = { expression, _, _ in expression }
  ) -> Schema {
    var schema = self
    schema.apply(operations, renaming: renaming)
    return schema
  }

  /// Makes the changes of `operations`, without a copy of the schema.
  package mutating func apply(
    _ operations: [MigrationOperation], renaming: ExpressionRenaming = { expression, _, _ in expression }
  ) {
    for operation in operations { apply(operation, renaming) }
  }

  private mutating func apply(_ operation: MigrationOperation, _ renaming: ExpressionRenaming) {
    switch operation {
    case .createTable(let creation): self[creation.table] = creation.definition
    case .dropTable(let removal): self[removal.table] = nil
    case .renameTable(let rename): self = self.renaming(rename.table, to: rename.newName)
    case .changeTableOptions(let change): changeTable(change.table) { $0.options = change.new }
    case .changeStorage(let change): changeTable(change.table) { $0.storage = change.new }
    case .changePartition(let change): changeTable(change.table) { $0.partition = change.new }

    case .changeTableSettings(let change):
      changeTable(change.table) { $0.settings.take(change.aspect, from: change.new) }

    case .addColumn(let addition): changeTable(addition.table) { $0.columns.append(addition.column) }
    case .dropColumn(let removal): changeTable(removal.table) { $0.dropColumn(removal.column.name) }
    case .renameColumn(let rename):
      self = self.renaming(rename.oldName, to: rename.newName, of: rename.table, in: renaming)
    case .changeColumn(let change): changeTable(change.table) { $0.changeColumn(change.aspect, to: change.new) }

    // The check that lists the values changes with it.
    case .renameValue: break

    case .addConstraint(let addition): changeTable(addition.table) { $0.add(addition.constraint) }
    case .dropConstraint(let removal): changeTable(removal.table) { $0.drop(removal.constraint) }
    case .renameConstraint(let rename):
      changeTable(rename.table) { table in
        table.drop(rename.old)
        table.add(rename.new)
        table.renameIndex(rename.old.name?.text, to: rename.new.name?.text)
      }
    case .changeConstraint(let change):
      changeTable(change.table) { table in
        table.drop(change.old)
        table.add(change.new)
      }

    case .createIndex(let creation): changeTable(creation.table) { $0.indexes.append(creation.index) }
    case .dropIndex(let removal): changeTable(removal.table) { $0.dropIndex(removal.index.name.text) }
    case .renameIndex(let rename):
      changeTable(rename.table) { table in
        table.changeIndex(rename.old.name.text) { $0.name = rename.new.name }
        table.renameIndex(rename.old.name.text, to: rename.new.name.text)
      }

    case .addPolicy(let addition): changeTable(addition.table) { $0.policies.append(addition.policy) }
    case .dropPolicy(let removal):
      changeTable(removal.table) { table in table.policies.removeAll { $0.name == removal.policy.name } }

    case .createSchema(let creation): namespaces.insert(creation.name)
    case .dropSchema(let removal): namespaces.remove(removal.name)

    case .createEnum(let creation): enums[creation.table] = creation.type
    case .dropEnum(let removal): enums[removal.table] = nil
    case .renameEnum(let rename):
      enums[rename.newName] = enums.removeValue(forKey: rename.table)
      enums[rename.newName]?.name = rename.newName
    case .renameEnumValue(let rename): self = self.renaming(rename.value, of: rename.type)
    case .addEnumValue(let addition): enums[addition.table] = addition.new
    case .changeEnum(let change): enums[change.table] = change.new

    case .createSequence(let creation): sequences[creation.table] = creation.sequence
    case .dropSequence(let removal): sequences[removal.table] = nil
    case .changeSequence(let change): sequences[change.table] = change.new

    case .changeComment(let change): apply(change)
    }
  }

  private mutating func apply(_ change: ChangeComment) {
    switch change.subject {
    case .table: changeTable(change.table) { $0.comment = change.new }
    case .constraint(let name): changeTable(change.table) { $0.setComment(change.new, ofConstraint: name) }
    case .index(let name): changeTable(change.table) { $0.changeIndex(name) { $0.comment = change.new } }
    case .type: enums[change.table]?.comment = change.new
    case .sequence: sequences[change.table]?.comment = change.new
    }
  }

  /// Changes a table, or the indexes of a materialized view. Has no effect if neither exists.
  private mutating func changeTable(_ name: TableName, _ change: (inout Table) -> Void) {
    if var table = self[name] {
      change(&table)
      self[name] = table
    } else if let view = materializedViews[name] {
      var table = view.indexedTable
      change(&table)
      materializedViews[name]?.indexes = table.indexes
    }
  }
}

extension Table {
  fileprivate mutating func dropColumn(_ name: String) {
    if let index = Self.place(of: name, in: columns.map(\.name)) { columns.remove(at: index) }
  }

  fileprivate mutating func changeColumn(_ aspect: ChangeColumn.Aspect, to column: Column) {
    if let index = Self.place(of: column.name, in: columns.map(\.name)) { columns[index].take(aspect, from: column) }
  }

  fileprivate mutating func add(_ constraint: Constraint) {
    switch constraint {
    case .primaryKey(let key): primaryKey = key
    case .unique(let unique): uniques.append(unique)
    case .check(let check): checks.append(check)
    case .foreignKey(let key): foreignKeys.append(key)
    case .exclusion(let exclusion): exclusions.append(exclusion)
    }
  }

  fileprivate mutating func drop(_ constraint: Constraint) {
    switch constraint {
    case .primaryKey: primaryKey = nil
    case .unique(let unique): uniques.removeFirst(unique)
    case .check(let check): checks.removeFirst(check)
    case .foreignKey(let key): foreignKeys.removeFirst(key)
    case .exclusion(let exclusion): exclusions.removeFirst(exclusion)
    }
  }

  fileprivate mutating func dropIndex(_ name: String) {
    if let index = Self.place(of: name, in: indexes.map(\.name.text)) { indexes.remove(at: index) }
  }

  fileprivate mutating func changeIndex(_ name: String, _ change: (inout Index) -> Void) {
    for index in indexes.indices where indexes[index].name.text == name { change(&indexes[index]) }
  }

  /// Lets the settings follow an index.
  fileprivate mutating func renameIndex(_ old: String?, to new: String?) {
    if let old, let new { settings = settings.renamingIndexes([old: new]) }
  }

  fileprivate mutating func setComment(_ comment: String?, ofConstraint name: String) {
    if primaryKey?.name?.text == name { primaryKey?.comment = comment }
    for index in uniques.indices where uniques[index].name?.text == name { uniques[index].comment = comment }
    for index in checks.indices where checks[index].name?.text == name { checks[index].comment = comment }
    for index in foreignKeys.indices where foreignKeys[index].name?.text == name {
      foreignKeys[index].comment = comment
    }
    for index in exclusions.indices where exclusions[index].name?.text == name { exclusions[index].comment = comment }
  }

  /// The position of a name: an exact match, or else a case-insensitive one, because some engines ignore case.
  private static func place(of name: String, in names: [String]) -> Int? {
    names.firstIndex(of: name) ?? names.firstIndex { $0.folded == name.folded }
  }
}

extension Column {
  mutating func take(_ aspect: ChangeColumn.Aspect, from other: Column) {
    switch aspect {
    case .type: type = other.type
    case .nullable:
      isNullable = other.isNullable
      onConflict = other.onConflict
    case .default: defaultValue = other.defaultValue
    case .computed: generated = other.generated
    case .identity: identity = other.identity
    case .collation: collation = other.collation
    case .comment: comment = other.comment
    case .storage: storage = other.storage
    }
    backfill = other.backfill
    using = other.using
  }
}

extension Array where Element: Equatable {
  fileprivate mutating func removeFirst(_ element: Element) {
    if let index = firstIndex(of: element) { remove(at: index) }
  }
}
