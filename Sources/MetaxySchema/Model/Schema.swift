package import MetaxyNames
internal import MetaxySQL

/// The definitions of tables, with the types, sequences and schemas that they use: desired, read from a database, or
/// recorded beside revisions.
///
/// ``LiveSchema`` adds the objects that only a database has.
package struct Schema: Sendable, Hashable {
  package private(set) var tables: [TableName: Table]
  package var enums: [TableName: EnumType] = [:]
  package var sequences: [TableName: SequenceDefinition] = [:]
  /// The schemas besides the one in which unqualified names are.
  package var namespaces: Set<String> = []
  /// The materialized views, whose indexes are managed; the views themselves are not.
  package var materializedViews: [TableName: MaterializedView] = [:]

  package init(_ tables: [Table] = []) {
    self.tables = Dictionary(tables.map { ($0.name, $0) }) { _, last in last }
  }

  package subscript(name: TableName) -> Table? {
    get { tables[name] }
    set { tables[name] = newValue }
  }

  /// The tables by name.
  package var sorted: [Table] {
    // The names move instead of the tables, which are large values.
    tables.keys.sorted().compactMap { tables[$0] }
  }

  /// Returns the schema with only those tables and views for whose names `isIncluded` holds.
  package func filter(_ isIncluded: (TableName) -> Bool) -> Schema {
    var schema = self
    schema.tables = tables.filter { isIncluded($0.key) }
    schema.materializedViews = materializedViews.filter { isIncluded($0.key) }
    return schema
  }

  /// Returns the schema with `change` made to each of its tables.
  package func mapTables(_ change: (Table) -> Table) -> Schema {
    var schema = self
    schema.tables = Dictionary(tables.values.map(change).map { ($0.name, $0) }) { _, last in last }
    return schema
  }
}
