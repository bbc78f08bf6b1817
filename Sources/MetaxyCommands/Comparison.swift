internal import MetaxyErrors
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySchema
internal import MetaxyScript

/// The desired and the live tables of an environment, side by side.
struct EnvironmentComparison {
  let environment: EnvironmentWorkspace
  /// What the features and plain SQL, or Metaxy's own definitions, ask for.
  let desired: DesiredSchema
  /// The owned tables of the database.
  let live: Schema
  /// Whether a revision stopped halfway, so that the tables are what no revision says.
  private let isBetweenRevisions: Bool

  init(_ environment: EnvironmentWorkspace, _ connection: any Connection) throws(MetaxyError) {
    let desired: DesiredSchema
    switch environment.kind {
    case .system: desired = DesiredSchema(schema: SystemTables.schema)
    case .user:
      desired = try DesiredTables(environment).load()
    }
    try self.init(environment, desired, connection)
  }

  init(
    _ environment: EnvironmentWorkspace, _ desired: DesiredSchema, _ connection: any Connection
  ) throws(MetaxyError) {
    self.environment = environment
    let settings = environment.workspace.project.configuration.migrations
    let ignored = IgnoreList(settings.ignore)
    let owned = Set(
      try environment.log.ownedTables(connection).map { $0.folded } + desired.schema.sorted.map(\.name.folded)
        + desired.renames.tables.values.map { $0.folded })
    let ownsEverything = settings.unmanagedTables == .drop
    let kind = environment.kind
    let bookkeeping = environment.bookkeeping
    let found = try environment.workspace.context.timed(.introspection) { () throws(MetaxyError) in
      try environment.database.introspect(connection) { name in
        guard SystemTables.isSystem(name.name) == (kind == .system) else { return true }
        return bookkeeping.contains(name.folded) || !(ownsEverything || owned.contains(name.folded))
      }
    }
    live = ignored.remaining(of: found)
    isBetweenRevisions = try environment.log.last(connection)?.isHalfApplied ?? false
    self.desired = desired.replacing(schema: ignored.remaining(of: desired.schema))
    try refuseAmbiguousRenames(found)
  }

  /// What leads from the live tables to the desired ones.
  var operations: [any MigrationOperation] { operations(from: live, to: desired.schema, renames: desired.renames) }

  /// The live tables after `operations`: what a downgrade begins with.
  func upgraded(by operations: [any MigrationOperation]) -> Schema {
    let dialect = environment.dialect
    return live.applying(operations) { dialect.renaming($1, to: $2, in: $0) }
  }

  func operations(
    from old: Schema, to new: Schema, renames: Renames = Renames()
  ) -> [any MigrationOperation] {
    func compare(_ dialect: some Dialect) -> [any MigrationOperation] {
      SchemaComparison(rules: dialect).operations(from: old, to: new, renames: renames)
    }
    return environment.workspace.context.timed(.comparison) { compare(environment.dialect) }
  }

  /// What pending revisions do not explain: what they leave of the way to the desired tables, and what the live tables have
  /// drifted from the revisions that are applied.
  func operations(besides pending: [RevisionFile]) throws(MetaxyError) -> [any MigrationOperation] {
    guard !pending.isEmpty else { return operations }
    let waiting = Set(pending.map(\.revision))
    let applied = environment.revisions.revisions.filter { !waiting.contains($0.revision) }
    let recorded = try environment.recordedSchema(of: applied)
    var expected = live
    var touched: Set<TableName> = []
    for file in pending {
      guard let record = try environment.record(of: file) else { continue }
      record.fold(into: &expected)
      touched.formUnion(record.tables.keys)
    }
    guard !isBetweenRevisions else {
      return operations(from: expected, to: desired.schema, renames: desired.renames)
    }
    let drift = operations(
      from: live.filter { touched.contains($0) && recorded[$0] != nil },
      to: recorded.filter { touched.contains($0) })
    return drift + operations(from: expected, to: desired.schema, renames: desired.renames)
  }

  /// `renamedFrom` acts only when the old name is live and the new one is not; with both live nobody knows which rows count.
  private func refuseAmbiguousRenames(_ found: Schema) throws(MetaxyError) {
    for (table, former) in desired.renames.tables where found[TableName(former)] != nil && found[table] != nil {
      throw .renameConflict(former, table.description, at: desired.tableSources[table])
    }
    for (table, names) in desired.renames.columns {
      guard let live = found[table] else { continue }
      for (column, former) in names.sorted(by: { $0.key < $1.key })
      where live.column(former) != nil && live.column(column) != nil {
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
