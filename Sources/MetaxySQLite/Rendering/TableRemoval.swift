internal import MetaxyFeatures
internal import MetaxyNames
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
  ///
  /// Rows that refer to rows of the same table are deleted with them in one statement, unless a key has an action.
  var needsForeignKeysOff: Bool {
    guard !tables.isEmpty else { return false }
    let places = Dictionary(tables.enumerated().map { ($1.name.folded, $0) }) { first, _ in first }
    return schema.tables.values.contains { table in
      guard !table.foreignKeys.isEmpty else { return false }
      // A table that stays is there when the others are dropped.
      let own = places[table.name.folded] ?? tables.count
      return table.foreignKeys.contains { key in
        guard let referenced = places[key.table.folded] else { return false }
        return own == referenced ? key.onDelete != .noAction : own > referenced
      }
    }
  }
}
