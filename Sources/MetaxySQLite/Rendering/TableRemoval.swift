internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// The tables that go, in their order.
struct TableRemoval {
  let tables: [Table]
  /// The tables when all else is done, those that go included.
  let schema: Schema

  init(_ operations: [any MigrationOperation], on schema: Schema) {
    tables = operations.compactMap { ($0 as? DropTable)?.definition }
    self.schema = schema
  }

  /// Whether a table is still referred to when it goes: from a circle of tables, or by itself.
  ///
  /// Where foreign keys are on, DROP TABLE deletes the rows first. What refers to them then stands in the way, or their
  /// actions run on tables that are about to go, too, and whose keys may fit no other table any more.
  /// https://sqlite.org/foreignkeys.html#fk_schemacommands
  var needsForeignKeysOff: Bool {
    var remaining = schema.sorted
    return tables.contains { table in
      let isReferred = remaining.contains { refers($0, to: table) }
      remaining.removeAll { $0.name.folded == table.name.folded }
      return isReferred
    }
  }

  /// Rows that refer to rows of their own table go with them, in one statement, unless a key wants something done first.
  private func refers(_ other: Table, to table: Table) -> Bool {
    let isSelf = other.name.folded == table.name.folded
    return other.foreignKeys.contains { key in
      key.table.folded == table.name.folded && (!isSelf || key.onDelete != .noAction)
    }
  }
}
