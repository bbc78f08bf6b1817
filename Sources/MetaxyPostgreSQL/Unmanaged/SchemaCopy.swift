internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import MetaxySchema

/// The tables and sequences of a schema created a second time, from their definitions alone, in schemas of their own.
///
/// Types, functions and extensions are not copied: the copies use those of the original tables.
struct SchemaCopy {
  /// The schemas of the copies by those of the originals.
  private(set) var schemas: [String: String] = [:]
  /// The tables that PostgreSQL refuses to create from their definitions, with its error.
  private(set) var refusals: [TableName: MetaxyError] = [:]
  private let connection: PostgreSQLMigrationConnection

  init(of schema: Schema, on connection: PostgreSQLMigrationConnection) throws(MetaxyError) {
    self.connection = connection
    let names = schema.tables.keys.map(\.schema) + schema.sequences.keys.map(\.schema)
    for (place, name) in Set(names.map { $0 ?? connection.defaultSchema }).sorted().enumerated() {
      schemas[name] = "_metaxy_copy_\(place)"
    }
    // Nothing of it stays, so no statement need wait for the disk.
    try connection.execute("SET synchronous_commit TO off", [])
    for name in schemas.values.sorted() { try connection.execute("CREATE SCHEMA \(SQLText.identifier(name))", []) }
    try create(copy(of: schema))
    try connection.execute("RESET synchronous_commit", [])
  }

  private mutating func create(_ schema: Schema) throws(MetaxyError) {
    let dialect = PostgreSQLDialect(isOnline: false)
    let operations = dialect.operations(from: RenamedSchema(Schema()), to: schema)
    // Only these matter for the form of a table that does not exist yet.
    let plan = PostgreSQLPlan(
      operations.filter(\.createsTableOrSequence), on: RenamedSchema(schema), isOnline: false,
      formerNames: PostgreSQLFormerNames(RenamedSchema(Schema())))
    let renderer = PostgreSQLRenderer(dialect: dialect, plan: plan, live: LiveSchema(schema))
    for operation in operations {
      do {
        for statement in try renderer.render(operation) { try run(statement.statement.sql) }
      } catch {
        guard error.sqlState != nil, !error.isInterruption else { throw error }
        let name = original(of: operation.table)
        refusals[name] = refusals[name] ?? error
      }
    }
  }

  /// Runs a statement so that the next one can run after its failure.
  private func run(_ sql: String) throws(MetaxyError) {
    guard connection.session.isInTransaction else {
      try connection.execute(sql, [])
      return
    }
    let savepoint = try PostgreSQLSavepoint(connection)
    do {
      try connection.execute(sql, [])
      try savepoint.release()
    } catch {
      try savepoint.rollBack()
      throw error
    }
  }

  private func copy(of schema: Schema) -> Schema {
    var copies = Schema(schema.sorted.map(copy))
    for var sequence in schema.sequences.values {
      sequence.name = copy(of: sequence.name)
      if let owner = sequence.owner { sequence.owner?.table = copy(of: owner.table) }
      copies.sequences[sequence.name] = sequence
    }
    return copies
  }

  private func copy(of table: Table) -> Table {
    var table = table
    table.name = copy(of: table.name)
    for place in table.foreignKeys.indices { table.foreignKeys[place].table = copy(of: table.foreignKeys[place].table) }
    for place in table.columns.indices {
      if let name = table.columns[place].identity?.sequence { table.columns[place].identity?.sequence = copy(of: name) }
    }
    // They are compared with the definitions, not with the catalog.
    table.policies = []
    table.settings.parents = table.settings.parents.map(copy)
    if let partition = table.partition { table.partition?.parent = copy(of: partition.parent) }
    return table
  }

  private func copy(of name: TableName) -> TableName {
    let schema = name.schema ?? connection.defaultSchema
    return TableName(name.name, schema: schemas[schema] ?? schema)
  }

  private func original(of name: TableName) -> TableName {
    let schema = schemas.first { $0.value == name.schema }?.key
    return TableName(name.name, schema: schema == connection.defaultSchema ? nil : schema)
  }
}

extension MigrationOperation {
  fileprivate var createsTableOrSequence: Bool {
    switch self {
    case .createTable, .createSequence, .changeSequence: true
    default: false
    }
  }
}
