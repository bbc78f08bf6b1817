package import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL

extension Schema {
  /// Returns the schema after `operations`.
  ///
  /// - Parameter renaming: rewrites an expression in which a column is renamed. Triggers keep their words: only the engine
  ///   can change them, as ``RenamedSchema`` has them.
  package func applying(
    _ operations: [any MigrationOperation], renaming: @escaping ExpressionRenaming = { expression, _, _ in expression }
  ) -> Schema {
    operations.reduce(self) { schema, operation in
      // A change of a schema that it does not fit leaves it as it is; rendering cannot throw here.
      (try? operation.render(with: SchemaChange(schema: schema, renaming: renaming))) ?? schema
    }
  }

  /// Rewrites an expression in which the column `old` becomes `new`.
  package typealias ExpressionRenaming = (_ expression: SQLExpression, _ old: String, _ new: String) -> SQLExpression
}

/// What each operation makes of a schema.
private struct SchemaChange: OperationRenderer {
  var schema: Schema
  let renaming: Schema.ExpressionRenaming

  func render(_ operation: CreateTable) -> Schema {
    var schema = schema
    schema[operation.table] = operation.definition
    return schema
  }

  func render(_ operation: DropTable) -> Schema {
    var schema = schema
    schema[operation.table] = nil
    return schema
  }

  func render(_ operation: RenameTable) -> Schema { schema.renaming(operation.table, to: operation.newName) }

  func render(_ operation: RenameColumn) -> Schema {
    schema.renaming(operation.oldName, to: operation.newName, of: operation.table, in: renaming)
  }

  func render(_ operation: AddColumn) -> Schema { change(operation.table) { $0.columns.append(operation.column) } }

  func render(_ operation: DropColumn) -> Schema {
    change(operation.table) { table in
      if let index = index(of: operation.column.name, in: table.columns.map(\.name)) { table.columns.remove(at: index) }
    }
  }

  func render(_ operation: ChangeColumn) -> Schema {
    change(operation.table) { table in
      if let index = index(of: operation.new.name, in: table.columns.map(\.name)) {
        table.columns[index].take(operation.aspect, from: operation.new)
      }
    }
  }

  func render(_ operation: AddConstraint) -> Schema {
    change(operation.table) { table in
      switch operation.constraint {
      case .primaryKey(let key): table.primaryKey = key
      case .unique(let unique): table.uniques.append(unique)
      case .check(let check): table.checks.append(check)
      case .foreignKey(let key): table.foreignKeys.append(key)
      case .exclusion(let exclusion): table.exclusions.append(exclusion)
      }
    }
  }

  func render(_ operation: DropConstraint) -> Schema {
    change(operation.table) { table in
      switch operation.constraint {
      case .primaryKey: table.primaryKey = nil
      case .unique(let unique): table.uniques.removeFirst(unique)
      case .check(let check): table.checks.removeFirst(check)
      case .foreignKey(let key): table.foreignKeys.removeFirst(key)
      case .exclusion(let exclusion): table.exclusions.removeFirst(exclusion)
      }
    }
  }

  func render(_ operation: CreateIndex) -> Schema { change(operation.table) { $0.indexes.append(operation.index) } }

  func render(_ operation: DropIndex) -> Schema {
    change(operation.table) { table in
      if let index = index(of: operation.index.name.text, in: table.indexes.map(\.name.text)) {
        table.indexes.remove(at: index)
      }
    }
  }

  func render(_ operation: ChangeTableOptions) -> Schema { change(operation.table) { $0.options = operation.new } }

  func render(_ operation: ChangePartition) -> Schema { change(operation.table) { $0.partition = operation.new } }

  func render(_ operation: ChangeStorage) -> Schema { change(operation.table) { $0.storage = operation.new } }

  func render(_ operation: RenameConstraint) -> Schema {
    render(
      AddConstraint(table: operation.table, constraint: operation.new),
      after: DropConstraint(
        table: operation.table, constraint: operation.old))
  }

  func render(_ operation: RenameIndex) -> Schema {
    change(operation.table) { table in
      for index in table.indexes.indices where table.indexes[index].name.text == operation.old.name.text {
        table.indexes[index].name = operation.new.name
      }
    }
  }

  func render(_ operation: CreateSchema) -> Schema { with { $0.namespaces.insert(operation.name) } }
  func render(_ operation: DropSchema) -> Schema { with { $0.namespaces.remove(operation.name) } }
  func render(_ operation: CreateEnum) -> Schema { with { $0.enums[operation.table] = operation.type } }
  func render(_ operation: DropEnum) -> Schema { with { $0.enums[operation.table] = nil } }
  func render(_ operation: AddEnumValue) -> Schema { with { $0.enums[operation.table] = operation.new } }
  func render(_ operation: ChangeEnum) -> Schema { with { $0.enums[operation.table] = operation.new } }
  func render(_ operation: CreateSequence) -> Schema { with { $0.sequences[operation.table] = operation.sequence } }
  func render(_ operation: DropSequence) -> Schema { with { $0.sequences[operation.table] = nil } }
  func render(_ operation: ChangeSequence) -> Schema { with { $0.sequences[operation.table] = operation.new } }

  func render(_ operation: RenameEnum) -> Schema {
    with { schema in
      schema.enums[operation.newName] = schema.enums.removeValue(forKey: operation.table)
      schema.enums[operation.newName]?.name = operation.newName
    }
  }

  func render(_ operation: ChangeComment) -> Schema {
    switch operation.subject {
    case .table: change(operation.table) { $0.comment = operation.new }
    case .constraint(let name): change(operation.table) { $0.setComment(operation.new, ofConstraint: name) }
    case .index(let name):
      change(operation.table) { table in
        for index in table.indexes.indices where table.indexes[index].name.text == name {
          table.indexes[index].comment = operation.new
        }
      }
    case .type: with { $0.enums[operation.table]?.comment = operation.new }
    case .sequence: with { $0.sequences[operation.table]?.comment = operation.new }
    }
  }

  private func with(_ change: (inout Schema) -> Void) -> Schema {
    var schema = schema
    change(&schema)
    return schema
  }

  private func render(_ addition: AddConstraint, after removal: DropConstraint) -> Schema {
    SchemaChange(schema: render(removal), renaming: renaming).render(addition)
  }

  private func change(_ name: TableName, _ body: (inout Table) -> Void) -> Schema {
    var schema = schema
    if var table = schema[name] {
      body(&table)
      schema[name] = table
    } else if let place = schema.views.firstIndex(where: { $0.name == name && $0.isMaterialized }) {
      var table = schema.views[place].indexedTable
      body(&table)
      schema.views[place].indexes = table.indexes
    }
    return schema
  }

  /// Where a name stands, to the letter, or else capitals and small letters alike: some engines tell them apart.
  private func index(of name: String, in names: [String]) -> Int? {
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
    }
    backfill = other.backfill
  }
}

extension Array where Element: Equatable {
  fileprivate mutating func removeFirst(_ element: Element) {
    if let index = firstIndex(of: element) { remove(at: index) }
  }
}

extension Table {
  fileprivate mutating func setComment(_ comment: String?, ofConstraint name: String) {
    if primaryKey?.name?.text == name { primaryKey?.comment = comment }
    for index in uniques.indices where uniques[index].name?.text == name { uniques[index].comment = comment }
    for index in checks.indices where checks[index].name?.text == name { checks[index].comment = comment }
    for index in foreignKeys.indices where foreignKeys[index].name?.text == name {
      foreignKeys[index].comment = comment
    }
    for index in exclusions.indices where exclusions[index].name?.text == name { exclusions[index].comment = comment }
  }
}
