internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Creates those tables of a program's features that a database lacks; what is there is never touched.
///
/// The registry holds the definitions that a revision would be written from, and they are compared and rendered as for
/// a revision, so that afterwards nothing is left for one to do.
struct TableCreation {
  private let database: any RowDatabase
  private let dialect: any Dialect
  private let registry: FeatureRegistry

  init(_ database: any RowDatabase, _ registry: FeatureRegistry) {
    self.database = database
    dialect = database.dialect
    self.registry = registry
  }

  /// Creates the missing tables, all or none.
  ///
  /// The lock of `metaxy upgrade` is taken only where there are any: of two programs that start at once the second one
  /// finds the tables of the first.
  ///
  /// - Throws: `no_definitions`, `database_busy`, what the engine refuses.
  func createMissing() throws(MetaxyError) {
    let (wanted, renames) = try definitions()
    let found = try live(try database.openForReading())
    guard !missing(wanted, renames, in: found.definition).isEmpty else { return }
    let lock = try database.lock { _ in }
    defer { lock.release() }
    let connection = try database.openForWriting(under: lock)
    try connection.transaction { () throws(MetaxyError) in
      let live = try live(connection)
      for statement in try statements(creating: missing(wanted, renames, in: live.definition), of: wanted, on: live) {
        try connection.execute(statement.sql)
      }
    }
  }

  private func definitions() throws(MetaxyError) -> (schema: Schema, renames: Renames) {
    guard let text = registry.definitions else {
      throw .noDefinitions(project: registry.project, database.displayName)
    }
    var schema = Schema()
    let record = try RevisionRecord(json: try JSONValue(parsing: text.utf8, file: "the registry"))
    record.fold(into: &schema, rules: dialect)
    return (dialect.supportedSubset(of: schema), record.renames)
  }

  private func live(_ connection: any Connection) throws(MetaxyError) -> LiveSchema {
    try database.introspect(connection) { _ in false }
  }

  /// Returns the missing tables. A table with its former name is not missing: a revision renames it, with its rows.
  private func missing(_ wanted: Schema, _ renames: Renames, in live: Schema) -> [Table] {
    wanted.sorted.filter { table in
      let former = renames.tables[table.name].map { TableName($0, schema: table.name.schema) }
      return ([table.name] + (former.map { [$0] } ?? [])).allSatisfy { dialect.table($0, in: live) == nil }
    }
  }

  /// Returns the statements of a revision for these tables, with the missing types and schemas that they require.
  private func statements(
    creating tables: [Table], of wanted: Schema, on live: LiveSchema
  ) throws(MetaxyError) -> [RenderedStatement] {
    guard !tables.isEmpty else { return [] }
    var desired = live.definition
    for table in tables { desired[table.name] = table }
    desired.enums.merge(wanted.enums) { present, _ in present }
    desired.namespaces.formUnion(wanted.namespaces)
    let names = Set(tables.map(\.name))
    func compare(_ dialect: some Dialect) -> [MigrationOperation] {
      SchemaComparison(rules: dialect).operations(from: RenamedSchema(live), to: desired)
    }
    let operations = compare(dialect).filter { $0.kind != .table || names.contains($0.table) }
    return try dialect.sections(for: operations, on: RenamedSchema(live)).flatMap(\.statements)
  }
}
