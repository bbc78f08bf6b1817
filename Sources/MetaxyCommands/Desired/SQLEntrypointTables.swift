internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The tables that SQL files define: the files run in a scratch database, whose tables are then read.
struct SQLEntrypointTables {
  let database: any Database
  /// The tables that no file may define.
  let policy: AccessPolicy
  /// Whether a table belongs to metaxy or Alembic, and is left out where the dump of a database contains it.
  let isBookkeeping: (TableName) -> Bool
  let report: (ProgressEvent) -> Void

  /// - Throws: `invalid_tables` with the location of the failing statement and the engine's error, with those of all
  ///   statements that a scratch database does not run, or with that of a quote, comment or body that never ends.
  func load(_ scripts: [EntrypointScript]) throws(MetaxyError) -> DesiredSchema {
    let refused = scripts.flatMap { refusals(in: $0) }
    guard refused.isEmpty else { throw .invalidTables(refused) }
    if let failure = scripts.lazy.compactMap(\.failure).first { throw failure }
    let session = try database.scratch()
    var reading = Reading()
    for script in scripts {
      for statement in script.statements { try take(statement, of: script, session, &reading) }
      try session.restoreSettings()
    }
    var desired = try desired(session.connection, reading.sources, fallback: scripts[0].start)
    for property in try session.unmanagedProperties(beyond: desired.schema) {
      reading.omissions.addProperty(property.text, at: desired.tableSources[property.table] ?? scripts[0].start)
    }
    reading.omissions.report(to: report)
    for table in desired.schema.sorted {
      guard let names = reading.renames[database.dialect.folded(table.name)] else { continue }
      try requireOwnSchema(
        names, of: table.name, session.connection, at: desired.tableSources[table.name] ?? scripts[0].start)
      desired.renames.tables[table.name] = names.table
      if !names.columns.isEmpty { desired.renames.columns[table.name] = names.columns }
      try declare(names.values, of: table, in: &desired, at: desired.tableSources[table.name] ?? scripts[0].start)
    }
    for (name, type) in reading.types {
      let known = desired.schema.enums[name]?.values ?? []
      for (new, old) in type.values { try requireRename(old, new, among: known, at: type.place) }
      desired.renames.enumValues[name] = type.values
    }
    return desired
  }

  /// Declares the former values of checks, which belong to the columns whose values the checks list.
  private func declare(
    _ values: [String: String], of table: Table, in desired: inout DesiredSchema, at place: SourceLocation
  ) throws(MetaxyError) {
    for (new, old) in values {
      let column = table.columns.first { database.dialect.allowedValues(of: $0, in: table)?.contains(new) == true }
      let known = column.flatMap { database.dialect.allowedValues(of: $0, in: table) } ?? []
      try requireRename(old, new, among: known, at: place)
      if let column { desired.renames.values[table.name, default: [:]][column.name, default: [:]][new] = old }
    }
  }

  private func requireRename(
    _ old: String, _ new: String, among values: [String], at place: SourceLocation
  ) throws(MetaxyError) {
    guard values.contains(new), !values.contains(old) else {
      let reason =
        values.contains(old) ? "`\(old)` is still in the list" : "no check lists the values of a column with it"
      throw .invalidTables([Diagnostic("`\(new)` cannot be renamed from `\(old)`: \(reason)", at: place)])
    }
  }

  /// - Throws: an error for a former name in another schema, which a rename cannot reach.
  private func requireOwnSchema(
    _ names: RenameAnnotations, of table: TableName, _ connection: any Connection, at place: SourceLocation
  ) throws(MetaxyError) {
    guard database.dialect.hasSchemas, let schema = names.schema,
      schema != table.schema ?? connection.defaultSchema
    else { return }
    throw .invalidTables([
      Diagnostic(
        "`\(schema).\(names.table ?? "")` is in another schema than `\(table)`: move the table with `ALTER TABLE … SET SCHEMA` in a revision of its own",
        at: place)
    ])
  }

  /// What has been read so far.
  private struct Reading {
    var sources: [TableName: SourceLocation] = [:]
    var renames: [TableName: RenameAnnotations] = [:]
    /// The enum types with former values.
    var types: [TableName: (values: [String: String], place: SourceLocation)] = [:]
    var omissions = EntrypointOmissions()
  }

  private func refusals(in script: EntrypointScript) -> [Diagnostic] {
    script.statements.compactMap { statement in
      guard case .refuse(let kind, let reason) = database.scratchDecision(on: statement) else { return nil }
      return Diagnostic(
        "`\(kind)` cannot be in a `.sql` entrypoint: \(reason)", at: script.location(of: statement))
    }
  }

  private func take(
    _ statement: ScannedStatement, of script: EntrypointScript, _ session: any ScratchSession,
    _ reading: inout Reading
  ) throws(MetaxyError) {
    let place = script.location(of: statement)
    switch database.scratchDecision(on: statement) {
    case .run(let sql):
      try noteTable(statement, at: place, session, &reading)
      try run(sql, statement, at: place, session)
    case .runUnmanaged(let sql, let kind):
      reading.omissions.addUnmanaged(kind, at: place)
      try run(sql, statement, at: place, session)
    case .restoreSettings: try session.restoreSettings()
    case .skipUnmanaged(let kind): reading.omissions.addUnmanaged(kind, at: place)
    case .skip(let kind): reading.omissions.addSkipped(kind, at: place)
    case .beginTransaction: session.beginTransaction()
    case .endTransaction: try session.endTransaction()
    case .runLocally(let sql, let setting):
      try located(place) { () throws(MetaxyError) in
        try session.runLocally(sql, setting: setting, for: statement)
      }
    case .refuse: break
    }
  }

  /// Notes where a statement defines a table, and its former names.
  private func noteTable(
    _ statement: ScannedStatement, at place: SourceLocation, _ session: any ScratchSession, _ reading: inout Reading
  ) throws(MetaxyError) {
    guard let table = try createdTable(statement, session) else {
      return try noteType(statement, at: place, session, &reading)
    }
    if isBookkeeping(table) {
      reading.omissions.addSkipped("\(statement.subject) \(table.name)", at: place)
      return
    }
    let key = database.dialect.folded(table)
    try refuseSecond(table, at: place, first: reading.sources[key], session.connection)
    reading.sources[key] = place
    reading.renames[key] = try RenameAnnotations(of: statement, lexicon: database.dialect.lexicon)
  }

  /// Notes the former values of an enum type.
  private func noteType(
    _ statement: ScannedStatement, at place: SourceLocation, _ session: any ScratchSession, _ reading: inout Reading
  ) throws(MetaxyError) {
    let lexicon = database.dialect.lexicon
    var words = TokenReader(
      try SQLTokenizer.tokens(of: statement.sql, lexicon: lexicon), foldsNames: lexicon.foldsNames)
    guard words.skip("CREATE", "TYPE"), var name = words.qualifiedName(), words.skip("AS", "ENUM") else { return }
    let values = try RenameAnnotations(of: statement, lexicon: lexicon).values
    guard !values.isEmpty else { return }
    if name.schema == nil { name.schema = try session.creationSchema() }
    if name.schema == session.connection.defaultSchema { name.schema = nil }
    reading.types[name] = (values, place)
  }

  private func run(
    _ sql: String, _ statement: ScannedStatement, at place: SourceLocation, _ session: any ScratchSession
  ) throws(MetaxyError) {
    try located(place) { () throws(MetaxyError) in try session.run(sql, for: statement) }
  }

  private func located(_ place: SourceLocation, _ body: () throws(MetaxyError) -> Void) throws(MetaxyError) {
    do {
      try body()
    } catch {
      throw .invalidTables([Diagnostic(error.message, at: place)], hints: error.hints)
    }
  }

  /// Refuses a second definition; with `IF NOT EXISTS` the engine would silently ignore it.
  private func refuseSecond(
    _ name: TableName, at place: SourceLocation, first: SourceLocation?, _ connection: any Connection
  ) throws(MetaxyError) {
    guard let first else { return }
    guard try LiveTableNames(connection, database.dialect)[name] != nil else { return }
    throw .invalidTables([
      Diagnostic(
        "the table `\(name)` is defined twice", at: place, notes: [.init("it is defined here first", at: first)])
    ])
  }

  /// Returns the table that a statement creates, without the default schema.
  private func createdTable(
    _ statement: ScannedStatement, _ session: any ScratchSession
  ) throws(MetaxyError) -> TableName? {
    guard var name = statement.createdTable(database.dialect.lexicon) else { return nil }
    if name.schema == nil { name.schema = try session.creationSchema() }
    if name.schema == session.connection.defaultSchema { name.schema = nil }
    return name
  }

  private func desired(
    _ connection: any Connection, _ sources: [TableName: SourceLocation], fallback: SourceLocation
  ) throws(MetaxyError) -> DesiredSchema {
    var desired = DesiredSchema()
    let found = try database.introspect(connection, without: isBookkeeping).definition
    desired.schema.enums = found.enums
    desired.schema.sequences = found.sequences
    desired.schema.namespaces = found.namespaces
    desired.schema.materializedViews = found.materializedViews.mapValues { view in
      MaterializedView(name: view.name, indexes: view.indexedTable.withExplicitNames(by: database.dialect).indexes)
    }
    for table in found.sorted {
      let source = sources[database.dialect.folded(table.name)] ?? fallback
      try requireFree(table.name, at: source)
      var definition = table.withExplicitNames(by: database.dialect)
      definition.specifiesSettings = true
      desired.schema[table.name] = definition
      desired.renames.caseSensitiveTables.insert(table.name)
      desired.tableSources[table.name] = source
    }
    return desired
  }

  /// Not every engine refuses a table when it is created: a scratch database has none of the tables to protect.
  private func requireFree(_ table: TableName, at place: SourceLocation) throws(MetaxyError) {
    guard let reason = policy.refusal(table) else { return }
    let refused = MetaxyError.tableRefused(table, verb: "create", reason: reason)
    throw .invalidTables([Diagnostic(refused.message, at: place)])
  }
}
