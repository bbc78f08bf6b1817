package import MetaxyNames

/// Adds a column.
///
/// ```sql
/// ALTER TABLE "video" ADD COLUMN "fps" FLOAT
/// ```
package struct AddColumn: OperationPayload {
  package var table: TableName
  package var column: Column

  package init(table: TableName, column: Column) {
    self.table = table
    self.column = column
  }

  package var verb: String { "add_column" }
  package var columnName: String? { column.name }
  package var reversed: MigrationOperation { .dropColumn(.init(table: table, column: column)) }
  package var after: String? { column.displayText }
}

/// Drops a column.
///
/// ```sql
/// ALTER TABLE "video" DROP COLUMN "size"
/// ```
///
/// Contains the complete column, not only its name, so that its reverse can restore it.
package struct DropColumn: OperationPayload {
  package var table: TableName
  package var column: Column

  package init(table: TableName, column: Column) {
    self.table = table
    self.column = column
  }

  package var verb: String { "remove_column" }
  package var columnName: String? { column.name }
  package var reversed: MigrationOperation { .addColumn(.init(table: table, column: column)) }
  package var before: String? { column.displayText }
}

/// Changes one aspect of a column: its type, whether it may be null, its default, how it is generated, its collation,
/// how it is stored.
package struct ChangeColumn: OperationPayload {
  package enum Aspect: String, Sendable, Hashable, CaseIterable {
    case type, nullable, `default`, computed, identity, collation, comment, storage
  }

  package var table: TableName
  package var aspect: Aspect
  package var old: Column
  package var new: Column

  package init(table: TableName, aspect: Aspect, from old: Column, to new: Column) {
    self.table = table
    self.aspect = aspect
    self.old = old
    self.new = new
  }

  /// Identity is the column's default, as in Alembic.
  package var verb: String { "modify_\(aspect == .identity ? "default" : aspect.rawValue)" }
  package var columnName: String? { new.name }
  package var reversed: MigrationOperation {
    // What converted the values to the old type, if anything, was about an older one.
    var target = old
    target.using = nil
    return .changeColumn(.init(table: table, aspect: aspect, from: new, to: target))
  }
  package var before: String? { old.displayText(of: aspect) }
  package var after: String? { new.displayText(of: aspect) }
}
