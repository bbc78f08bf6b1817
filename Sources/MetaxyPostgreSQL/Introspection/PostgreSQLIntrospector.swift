internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// Reads the live tables, with their types, sequences and schemas.
///
/// Expressions are as PostgreSQL prints them with the connection's search path, without unnecessary outer parentheses.
/// Every name counts as generated, because a catalog does not show whether a name is explicit.
struct PostgreSQLIntrospector {
  let catalog: PostgreSQLCatalog
  /// Whether all tables count as part of the default schema, regardless of the catalog.
  private let isTemporary: Bool
  let tableNames: [CatalogID: TableName]
  let numberingSequences: [CatalogSequence.Column: CatalogSequence]

  init(_ connection: any Connection, _ scope: PostgreSQLCatalog.Scope = .database) throws(MetaxyError) {
    let catalog = try PostgreSQLCatalog(connection, scope)
    let isTemporary = scope == .temporaryTables
    self.catalog = catalog
    self.isTemporary = isTemporary
    tableNames = Dictionary(
      catalog.tables.map { row in
        (row.id(0), Self.name(row.text(2), in: row.text(1), catalog.defaultSchema, isTemporary))
      }
    ) { first, _ in first }
    numberingSequences = Dictionary(
      catalog.sequences.filter(\.isNumbering).compactMap { row in row.owner.map { ($0, row) } }
    ) { first, _ in first }
  }

  /// The tables except the excluded ones, all enum types, and the sequences except those of excluded tables.
  func schema(without excluded: (TableName) -> Bool) -> LiveSchema {
    var schema = LiveSchema(schemaObjects(without: excluded))
    for row in catalog.tables {
      let table = table(row)
      guard !excluded(table.name) else { continue }
      let id = row.id(0)
      schema[table.name] = LiveTable(table, invalidIndexes: invalidIndexes(of: id))
    }
    for (id, view) in materializedViews {
      schema.definition.materializedViews[view.name] = view
      schema.invalidIndexes[view.name] = invalidIndexes(of: id)
    }
    // The foreign keys of managed tables are managed.
    schema.unmanaged = unmanagedObjects.filter { object in
      object.kind != .foreignKey || object.relation.map(excluded) ?? false
    }
    schema.takenNames = Set(catalog.relationNames.map { name($0.text(1), in: $0.text(0)) })
    return schema
  }

  private func schemaObjects(without excluded: (TableName) -> Bool) -> Schema {
    var schema = Schema()
    for type in enums { schema.enums[type.name] = type }
    for sequence in standaloneSequences where !(sequence.owner.map { excluded($0.table) } ?? false) {
      schema.sequences[sequence.name] = sequence
    }
    // Every database has `public`; the connection decides whether it is used.
    schema.namespaces = Set(catalog.namespaces.map { $0.text(0) }).subtracting([catalog.defaultSchema, "public"])
    return schema
  }

  private func table(_ row: CatalogRow) -> Table {
    let id = row.id(0)
    var table = Table(
      name: tableNames[id] ?? TableName(row.text(2)), columns: columns(of: id),
      indexes: indexes(of: id), options: row.text(3) == "u" ? [.unlogged] : [], comment: row.optionalText(9))
    addConstraints(of: id, to: &table)
    table.storage = row.parameters(4)
    table.settings = TableSettings(row)
    table.settings.parents = zip(row.text(16).split(separator: "\n"), row.text(15).split(separator: "\n")).map {
      name(String($0), in: String($1))
    }
    table.policies = (catalog.policies[id] ?? []).map(RowPolicy.init)
    table.partitioning = row.optionalText(5)
    if let parent = row.optionalText(7), let bound = row.optionalText(8) {
      table.partition = Partition(of: name(parent, in: row.text(6)), bound: bound)
    }
    return table
  }

  /// Returns the name of an object, without its schema if that is the default one.
  func name(_ name: String, in schema: String) -> TableName {
    Self.name(name, in: schema, catalog.defaultSchema, isTemporary)
  }

  private static func name(
    _ name: String, in schema: String, _ defaultSchema: String, _ isTemporary: Bool
  ) -> TableName {
    TableName(name, schema: isTemporary || schema == defaultSchema ? nil : schema)
  }
}
