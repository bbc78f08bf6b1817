internal import MetaxyFeatures
internal import MetaxySQL
internal import MetaxySchema

/// The dropped tables in order.
struct TableRemoval {
  let tables: [Table]
  /// The tables after all other operations, including the dropped ones.
  let schema: Schema

  init(_ operations: [MigrationOperation], on schema: Schema) {
    tables = operations.compactMap { if case .dropTable(let removal) = $0 { removal.definition } else { nil } }
    self.schema = schema
  }

  /// Whether a table is still referenced when it is dropped: by a cycle of tables, or by itself.
  ///
  /// With foreign keys on, DROP TABLE deletes the rows first. Rows that refer to them then block the deletion, or their
  /// actions run on tables that are dropped later and whose keys may no longer match any table.
  /// https://sqlite.org/foreignkeys.html#fk_schemacommands
  var needsForeignKeysOff: Bool {
    var remaining = schema.sorted
    return tables.contains { table in
      let isReferred = remaining.contains { refers($0, to: table) }
      remaining.removeAll { $0.name.folded == table.name.folded }
      return isReferred
    }
  }

  /// Returns whether a table's rows refer to another's. Rows that refer to rows of the same table are deleted with them
  /// in one statement, unless a key has an action.
  private func refers(_ other: Table, to table: Table) -> Bool {
    let isSelf = other.name.folded == table.name.folded
    return other.foreignKeys.contains { key in
      key.table.folded == table.name.folded && (!isSelf || key.onDelete != .noAction)
    }
  }
}
