internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// Creates those tables of a program's features that a database lacks; existing tables are never changed.
///
/// The registry holds the definitions that a revision would be written from, and they are compared and rendered as for
/// a revision, so that afterwards nothing is left for one to do.
struct TableCreation {
  private let database: any RowDatabase
  private let dialect: StoreDialect
  private let registry: FeatureRegistry
  /// What the names of the tables start with.
  private let prefix: String

  init(_ database: any RowDatabase, _ dialect: StoreDialect, _ registry: FeatureRegistry, prefix: String) {
    self.prefix = prefix
    self.database = database
    self.dialect = dialect
    self.registry = registry
  }

  /// Creates the missing tables, all or none.
  ///
  /// The lock of `metaxy upgrade` is taken only where there are any: of two programs that start at once the second one
  /// finds the tables of the first.
  ///
  /// - Throws: `no_definitions`, `database_busy`, the errors of the engine.
  func createMissing() throws(MetaxyError) {
    let script = try script()
    if database.exists {
      guard try !missing(script, try database.openForRows(.reading)).isEmpty else { return }
    }
    let (connection, lock) = try database.openForDefinitions()
    defer { lock.release() }
    try connection.transaction { () throws(MetaxyError) in
      let missing = try objects(script, connection)
      for step in script.steps where missing.contains(step.object) { try connection.execute(step.sql) }
    }
  }

  private func script() throws(MetaxyError) -> TableScript {
    guard let text = registry.definitions, let script = try TableScript(text, dialect: dialect.rawValue, prefix: prefix)
    else {
      throw .noDefinitions(project: registry.project, database.displayName)
    }
    return script
  }

  /// Returns the tables that do not exist.
  ///
  /// A table that exists under its former name is not missing: a revision renames it, with its rows.
  private func missing(_ script: TableScript, _ connection: any RowConnection) throws(MetaxyError) -> Set<TableName> {
    var missing: Set<TableName> = []
    for table in script.tables {
      if try connection.hasTable(table) { continue }
      if let former = script.formerNames[table], try connection.hasTable(former) { continue }
      missing.insert(table)
    }
    return missing
  }

  /// Returns the missing tables, with the schemas and types that the database lacks; nothing if no table is missing.
  private func objects(
    _ script: TableScript, _ connection: any RowConnection
  ) throws(MetaxyError) -> Set<TableScript.Object> {
    let tables = try missing(script, connection)
    guard !tables.isEmpty else { return [] }
    var objects = Set(tables.map(TableScript.Object.table))
    for object in Set(script.steps.map(\.object)) {
      switch object {
      case .table: continue
      case .schema(let name): if try !connection.hasSchema(name) { objects.insert(object) }
      case .type(let name): if try !connection.hasType(name.name, schema: name.schema) { objects.insert(object) }
      }
    }
    return objects
  }
}
