internal import MetaxyErrors
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The desired and the live tables of an environment, side by side.
struct EnvironmentComparison {
  let environment: EnvironmentContext
  /// The tables of the features and SQL files, or Metaxy's own.
  let desired: DesiredSchema
  /// The owned tables of the database, in the words of the desired ones.
  let live: LiveSchema
  /// The same in the words of the database.
  private let printed: LiveSchema
  /// Whether a revision stopped halfway, so that the tables are what no revision says.
  private let isBetweenRevisions: Bool
  /// The source of the desired tables; nil for Metaxy's own.
  private let sources: DesiredTables?
  private let connection: any Connection
  private let ignored: IgnoreList
  /// Whether a live table is not managed by this environment.
  private let isForeign: (TableName) -> Bool

  init(_ environment: EnvironmentContext, _ connection: any Connection) throws(MetaxyError) {
    self.environment = environment
    sources = environment.kind == .user ? try DesiredTables(environment) : nil
    if environment.session.store.url.dialect == .postgresql {
      try sources?.features.requireNamesBesides(connection.defaultSchema)
    }
    let desired = try sources?.load() ?? DesiredSchema(schema: SystemTables.schema)
    let settings = environment.session.project.configuration.migrations
    let ignored = IgnoreList(settings.ignore)
    let dialect = environment.dialect
    let former = desired.renames.tables.map { TableName($1, schema: $0.schema) }
    // On PostgreSQL `Video` beside `video` is another table.
    let owned = Set(
      (try environment.log.ownedTables(connection) + desired.schema.sorted.map(\.name) + former)
        .map { dialect.folded($0) })
    let ownsEverything = settings.unmanagedTables == .drop
    let kind = environment.kind
    let bookkeepingTables = Set(environment.bookkeepingTables.map { dialect.folded($0) })
    let isForeign = { (name: TableName) in
      guard SystemTables.isSystem(name) == (kind == .system) else { return true }
      let name = dialect.folded(name)
      return bookkeepingTables.contains(name) || !(ownsEverything || owned.contains(name))
    }
    let wanted = desired.replacing(schema: ignored.remaining(of: desired.schema))
    let ownedObjects = OwnedSchemaObjects(environment, wanted.schema)
    let (found, printed, live) = try environment.session.context.timed(.introspection) { () throws(MetaxyError) in
      let found = try environment.database.introspect(connection, without: isForeign)
      let own = try ownedObjects.remaining(of: ignored.remaining(of: found))
      return (found, own, try Self.inWords(of: wanted.schema, own, environment, connection))
    }
    self.connection = connection
    self.ignored = ignored
    self.isForeign = isForeign
    isBetweenRevisions = try environment.log.last(connection)?.isHalfApplied ?? false
    self.desired = wanted
    self.printed = printed
    self.live = live
    try refuseAmbiguousRenames(found.definition)
  }

  /// Returns live tables normalised to the expressions of the definitions; expressions that cannot be compared are
  /// reported and stay different.
  private static func inWords(
    of definitions: Schema, _ live: LiveSchema, _ environment: EnvironmentContext, _ connection: any Connection
  ) throws(MetaxyError) -> LiveSchema {
    let (schema, undecided) = try environment.database.normalised(live, with: definitions, connection)
    for sentence in undecided { environment.session.context.report(.warning(sentence)) }
    return schema
  }

  /// The desired features; nil for Metaxy's own tables.
  var features: FeatureSource? { sources?.features }

  /// Returns the desired schema of another dialect; nil if it is the same.
  func desired(for dialect: StoreDialect) throws(MetaxyError) -> DesiredSchema? {
    try sources?.load(for: dialect).map { $0.replacing(schema: ignored.remaining(of: $0.schema)) }
  }

  /// Returns the live tables with the declared renames that are not applied yet.
  func renamed() throws(MetaxyError) -> RenamedSchema {
    let renames = renames(environment.dialect)
    guard !renames.isEmpty else { return RenamedSchema(live) }
    let after = try environment.session.context.timed(.introspection) { () throws(MetaxyError) in
      try environment.database.introspect(connection, after: renames, without: isForeign)
    }
    let own = try OwnedSchemaObjects(environment, desired.schema).remaining(of: ignored.remaining(of: after))
    return RenamedSchema(
      live, renames: renames, after: try Self.inWords(of: desired.schema, own, environment, connection))
  }

  /// Returns live tables with the expressions of the revisions that created them, where the definitions have changed
  /// since.
  ///
  /// The output of an engine is not always valid input with the same meaning: PostgreSQL prints `kind IN ('a', 'b')` as
  /// a cast of an array, and reads that as an array of casts. So a downgrade contains the recorded expression, not the
  /// printed one.
  func inRecordedWords(_ live: RenamedSchema, _ history: RevisionRecords) throws(MetaxyError) -> RenamedSchema {
    let recorded = history.tables(renamedTo: desired, environment.dialect).after.definition
    // What cannot be decided stays as it is printed.
    let (after, _) = try environment.database.normalised(live.after, with: recorded, connection)
    return RenamedSchema(live.before, renames: live.renames, after: after)
  }

  private func renames(_ dialect: some Dialect) -> [MigrationOperation] {
    desired.renames.operations(from: live.definition, to: dialect.supportedSubset(of: desired.schema), rules: dialect)
  }

  /// What leads from the live tables to the desired ones.
  func operations(from live: RenamedSchema) -> [MigrationOperation] { operations(from: live, to: desired.schema) }

  private func operations(from old: RenamedSchema, to new: Schema) -> [MigrationOperation] {
    func compare(_ dialect: some Dialect) -> [MigrationOperation] {
      SchemaComparison(rules: dialect).operations(from: old, to: new)
    }
    return environment.session.context.timed(.comparison) { compare(environment.dialect) }
  }

  /// What pending revisions do not explain: what they leave of the way to the desired tables, and what the live tables have
  /// drifted from the revisions that are applied.
  func operations(besides pending: [RevisionFile]) throws(MetaxyError) -> [MigrationOperation] {
    guard !pending.isEmpty else { return operations(from: try renamed()) }
    let waiting = Set(pending.map(\.revision))
    let applied = environment.revisions.revisions.filter { !waiting.contains($0.revision) }
    let recorded = try environment.recordedSchema(of: applied)
    var expected = live
    let dialect = environment.dialect
    var touched: Set<TableName> = []
    for file in pending {
      guard let record = try environment.record(of: file)?.part(for: environment.dialect.name) else { continue }
      record.fold(into: &expected.definition, rules: environment.dialect)
      touched.formUnion(record.tables.keys.map { dialect.folded($0) })
      touched.formUnion(record.views.keys.map { dialect.folded($0) })
    }
    expected.invalidIndexes = expected.invalidIndexes.filter { !touched.contains($0.key.folded) }
    guard !isBetweenRevisions else {
      return operations(from: renamed(expected))
    }
    let before = recorded.filter { touched.contains(dialect.folded($0)) }
    let found = printed.filter { touched.contains(dialect.folded($0)) && dialect.table($0, in: recorded) != nil }
    let drift = operations(
      from: RenamedSchema(try Self.inWords(of: before, found, environment, connection)), to: before)
    return drift + operations(from: renamed(expected))
  }

  /// Tables as revisions will leave them that are not applied yet, with the renames that are declared besides.
  private func renamed(_ expected: LiveSchema) -> RenamedSchema {
    func rename(_ dialect: some Dialect) -> RenamedSchema {
      var known = expected
      known.definition = dialect.supportedSubset(of: expected.definition)
      return RenamedSchema(
        known, desired.renames, to: dialect.supportedSubset(of: desired.schema),
        rules: dialect)
    }
    return rename(environment.dialect)
  }

  /// Refuses a `renamedFrom` whose old and new name are both live: it is not known which rows are the right ones.
  private func refuseAmbiguousRenames(_ found: Schema) throws(MetaxyError) {
    let dialect = environment.dialect
    for (table, former) in desired.renames.tables
    where found[TableName(former, schema: table.schema)] != nil && found[table] != nil {
      throw .renameConflict(former, "\(table)", at: desired.tableSources[table])
    }
    for (table, names) in desired.renames.columns {
      guard let live = found[table] else { continue }
      for (column, former) in names.sorted(by: { $0.key < $1.key })
      where live.columns.contains(where: { dialect.folded($0.name) == dialect.folded(former) })
        && live.columns.contains(where: { dialect.folded($0.name) == dialect.folded(column) })
      {
        throw .renameConflict(
          "\(table).\(former)", "\(table).\(column)", at: desired.columnSources[table]?[column])
      }
    }
  }
}

extension DesiredSchema {
  fileprivate func replacing(schema: Schema) -> DesiredSchema {
    var desired = self
    desired.schema = schema
    return desired
  }
}
