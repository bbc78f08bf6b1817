internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyJSON
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// One environment of a session: its revisions, its version table, and its access policy.
struct EnvironmentContext {
  let session: ProjectSession
  let environment: MigrationEnvironment
  let revisions: RevisionDirectory
  /// The version and log tables of both environments.
  let bookkeepingTables: Set<TableName>
  private let records: RecordCache
  private let schemas = RecordedSchemasByDialect()

  /// The flags with which a command works on this environment.
  let invocation: Invocation

  /// - Parameter invocation: the flags that chose the environment; nil if no flag did.
  init(
    _ environment: MigrationEnvironment, in session: ProjectSession, after invocation: Invocation? = nil
  ) throws(MetaxyError) {
    self.session = session
    self.environment = environment
    self.invocation = invocation ?? session.invocation(of: environment.kind)
    try session.project.requireOnePrefix(of: environment.kind, for: session.store)
    if let schema = environment.versionTableSchema, !session.database.dialect.hasSchemas {
      throw .schemaOnSQLite(schema, key: "version_table_schema")
    }
    records = RecordCache(in: session.project.root, displayPath: session.project.displayPath)
    for warning in environment.warnings { session.context.report(.warning(warning)) }
    bookkeepingTables = try Bookkeeping.tables(of: session.project, for: session.store)
    revisions = try session.context.timed(.revisions) { () throws(MetaxyError) in
      try RevisionDirectory(
        at: environment.versionLocations, relativeTo: session.project.root, lexicons: session.lexicons)
    }
  }

  /// The same environment with other revision files, which may not be written yet.
  func replacing(_ revisions: RevisionDirectory) -> EnvironmentContext { EnvironmentContext(self, revisions) }

  private init(_ other: EnvironmentContext, _ revisions: RevisionDirectory) {
    session = other.session
    environment = other.environment
    self.revisions = revisions
    bookkeepingTables = other.bookkeepingTables
    records = RecordCache(in: other.session.project.root, displayPath: other.session.project.displayPath)
    invocation = other.invocation
  }

  var kind: MigrationEnvironment.Kind { environment.kind }
  var database: any Database { session.database }
  var dialect: any Dialect { session.database.dialect }
  var versionTable: VersionTable { VersionTable(environment.versionTableName, dialect: dialect) }
  var log: RevisionLog { RevisionLog(RevisionLog.name(for: environment.versionTableName), dialect: dialect) }

  var runnerEnvironment: RunnerEnvironment {
    RunnerEnvironment(versionTable: environment.versionTableName, policy: policy)
  }

  /// Neither environment touches the other's tables, nor the version and log tables of both.
  var policy: AccessPolicy {
    let kind = kind
    let dialect = dialect
    let bookkeepingTables = Set(bookkeepingTables.map { dialect.folded($0) })
    let prefix = session.store.tablePrefix
    return AccessPolicy { table in
      if bookkeepingTables.contains(dialect.folded(table)) { return "it is one of metaxy's version and log tables" }
      switch (kind, SystemTables.isSystem(table)) {
      case (.user, true): return "it belongs to the system environment"
      case (.system, false): return "it belongs to the user environment"
      case (.system, true) where !SystemTables.isSystem(table, prefix: prefix):
        return "it has the table prefix of another store"
      default: return nil
      }
    }
  }

  /// Returns the current revisions of the database.
  ///
  /// - Throws: `unknown_revision` for a row of the version table without a revision file.
  func current(_ connection: any Connection) throws(MetaxyError) -> Set<String> {
    let rows = try versionTable.revisions(connection)
    if let stranger = rows.sorted().first(where: { revisions[$0] == nil }) {
      throw .unexplainedVersion(
        UnknownVersion(stranger, try log.entries(connection), in: self), table: environment.versionTable,
        directory: session.project.displayPath(environment.versionsDirectory))
    }
    return rows
  }

  /// Reads the version table and the log.
  func state(_ connection: any Connection) throws(MetaxyError) -> EnvironmentState {
    try state(try current(connection), try log.entries(connection))
  }

  /// Returns the state of a database whose version table has `rows`, all of them with files.
  func state(_ rows: Set<String>, _ log: [RevisionLog.Entry]) throws(MetaxyError) -> EnvironmentState {
    EnvironmentState(
      current: rows, log: log, missing: MissingRevisions.find(in: revisions.graph, rows: rows, log: log))
  }

  /// The tables, columns and indexes that are not compared.
  var ignored: IgnoreList { IgnoreList(session.project.migrations.ignore) }

  /// Returns the pending revisions in the order in which they would be applied.
  func pending(_ state: EnvironmentState) throws(MetaxyError) -> [RevisionFile] {
    let applied = Set(try revisions.graph.applied(state.current)).subtracting(state.missing)
    return revisions.revisions.filter { !applied.contains($0.revision) }
  }

  /// Returns the schema after these revisions and their ancestors on the store's engine, according to the records.
  ///
  /// - Throws: `conflicting_records`.
  func recordedSchema(at revisions: some Sequence<String>) throws(MetaxyError) -> Schema {
    try recordedSchemas(for: dialect).schema(at: revisions)
  }

  /// Returns the schema after the applied revisions on the store's engine, according to the records.
  ///
  /// - Throws: `conflicting_records`.
  func recordedSchema(of state: EnvironmentState) throws(MetaxyError) -> Schema {
    guard !state.missing.isEmpty else { return try recordedSchema(at: state.current) }
    let name = dialect.name
    return try RecordedSchemas(revisions.graph, for: dialect) { [revisions, records] revision throws(MetaxyError) in
      guard !state.missing.contains(revision), let file = revisions[revision] else { return nil }
      return try records.record(of: file)?.part(for: name)
    }.schema(at: state.current)
  }

  /// The schemas that the records give for a dialect.
  func recordedSchemas(for dialect: any Dialect) -> RecordedSchemas {
    schemas.schemas(for: dialect) {
      RecordedSchemas(revisions.graph, for: dialect) { [revisions, records] name throws(MetaxyError) in
        guard let file = revisions[name] else { return nil }
        return try records.record(of: file)?.part(for: dialect.name)
      }
    }
  }

  /// The tables that each revision creates on the store's engine, from its record; none without a record.
  func createdTables() throws(MetaxyError) -> [String: [TableName]] {
    var schema = Schema()
    var created: [String: [TableName]] = [:]
    for file in revisions.revisions {
      guard let record = try record(of: file)?.part(for: dialect.name) else { continue }
      created[file.revision] = record.tables.filter { $0.value != nil && dialect.table($0.key, in: schema) == nil }
        .map { dialect.hasSchemas ? $0.key : TableName($0.key.name) }
      record.fold(into: &schema, rules: dialect)
    }
    return created
  }

  /// The features whose versions a revision changed, from its record, sorted by key.
  func featureChanges(of file: RevisionFile) throws(MetaxyError) -> [RevisionItem.Feature] {
    (try records.uncheckedRecord(of: file)?.features ?? [:]).sorted { $0.key < $1.key }.map { key, change in
      RevisionItem.Feature(key: key.text, from: change.from, to: change.to)
    }
  }

  /// Returns the record of a revision file; nil if the revision was written by hand and has none.
  ///
  /// - Throws: `record_mismatch` if it was made for another revision or on other parents.
  func record(of file: RevisionFile) throws(MetaxyError) -> RevisionRecord? {
    try records.record(of: file)
  }

  /// Returns the record of a revision file, whatever revision and parents it was made for.
  func uncheckedRecord(of file: RevisionFile) throws(MetaxyError) -> RevisionRecord? {
    try records.uncheckedRecord(of: file)
  }
}

extension MigrationEnvironment {
  var versionTableName: TableName { TableName(versionTable, schema: versionTableSchema) }
}
