public import MetaxyFeatures

extension Schema {
  /// Returns the schema after `operations`.
  ///
  /// - Parameter renaming: how the engine rewrites an expression in which a column is renamed.
  public func applying(
    _ operations: [any MigrationOperation], renaming: @escaping ExpressionRenaming = { expression, _, _ in expression }
  ) -> Schema {
    operations.reduce(self) { schema, operation in
      // A change of a schema that it does not fit leaves it as it is; rendering cannot throw here.
      (try? operation.render(with: SchemaChange(schema: schema, renaming: renaming))) ?? schema
    }
  }

  /// Rewrites an expression in which the column `old` becomes `new`.
  public typealias ExpressionRenaming = (_ expression: SQLExpression, _ old: String, _ new: String) -> SQLExpression
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
    change(operation.table) { $0.columns.removeAll { isSame($0.name, operation.column.name) } }
  }

  func render(_ operation: ChangeColumn) -> Schema {
    change(operation.table) { table in
      for index in table.columns.indices where isSame(table.columns[index].name, operation.new.name) {
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
      }
    }
  }

  func render(_ operation: CreateIndex) -> Schema { change(operation.table) { $0.indexes.append(operation.index) } }

  func render(_ operation: DropIndex) -> Schema {
    change(operation.table) { $0.indexes.removeAll { isSame($0.name.text, operation.index.name.text) } }
  }

  func render(_ operation: ChangeTableOptions) -> Schema { change(operation.table) { $0.options = operation.new } }

  private func change(_ name: TableName, _ body: (inout Table) -> Void) -> Schema {
    var schema = schema
    guard var table = schema[name] else { return schema }
    body(&table)
    schema[name] = table
    return schema
  }

  private func isSame(_ left: String, _ right: String) -> Bool { left.folded == right.folded }
}

extension Column {
  fileprivate mutating func take(_ aspect: ChangeColumn.Aspect, from other: Column) {
    switch aspect {
    case .type: type = other.type
    case .nullable:
      isNullable = other.isNullable
      onConflict = other.onConflict
    case .default: defaultValue = other.defaultValue
    case .computed: generated = other.generated
    case .collation: collation = other.collation
    }
    backfill = other.backfill
  }
}

extension Array where Element: Equatable {
  fileprivate mutating func removeFirst(_ element: Element) {
    if let index = firstIndex(of: element) { remove(at: index) }
  }
}
