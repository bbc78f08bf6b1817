internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The objects of a database that an environment owns: those of the desired schema, and those that its revisions created.
/// With `unmanaged_tables = "drop"` it owns all objects.
struct OwnedObjects {
  private let environment: EnvironmentContext
  private let desired: Schema
  private let renames: [TableName: String]
  private let generation: Generation
  /// In the form in which the engine compares names, as are those of the version and log tables.
  private let tables: Set<TableName>
  private let bookkeepingTables: Set<TableName>

  /// - Parameter generation: that of the project.
  init(
    _ environment: EnvironmentContext, _ state: EnvironmentState, _ desired: DesiredSchema, _ generation: Generation
  ) {
    self.environment = environment
    self.desired = desired.schema
    renames = desired.renames.tables
    self.generation = generation
    let dialect = environment.dialect
    let former = desired.renames.tables.map { TableName($1, schema: $0.schema) }
    // In PostgreSQL `Video` and `video` are different tables: one may be owned and the other not.
    tables = Set((state.log.ownedTables + desired.schema.sorted.map(\.name) + former).map { dialect.folded($0) })
    bookkeepingTables = Set(environment.bookkeepingTables.map { dialect.folded($0) })
  }

  /// Whether this environment does not own a live table.
  func isForeign(_ table: TableName) -> Bool {
    // The system tables of the other generation are never owned, even if revisions created them.
    guard SystemTables.generation(of: table) == (environment.kind == .system ? generation : nil) else { return true }
    let name = environment.dialect.folded(table)
    // Those of a store with another prefix are never owned either.
    if environment.kind == .system, !SystemTables.isSystem(table, prefix: environment.session.store.tablePrefix) {
      return true
    }
    return bookkeepingTables.contains(name) || !(dropsUnmanaged || tables.contains(name))
  }

  /// Returns the live schema without unmanaged enum types, sequences, schemas and row policies; unmanaged tables are never
  /// read.
  func part(of live: LiveSchema) throws(MetaxyError) -> LiveSchema {
    let live = try withOwnPolicies(live)
    guard !hasOnlyDesired(live.definition) else { return live }
    guard !(environment.kind == .user && dropsUnmanaged) else { return keepingUsedSequences(live) }
    let recorded =
      environment.kind == .user ? try environment.recordedSchema(at: environment.revisions.graph.heads) : Schema()
    var part = live
    part.definition.enums = live.definition.enums.filter {
      desired.enums[$0.key] != nil || recorded.enums[$0.key] != nil
    }
    part.definition.sequences = live.definition.sequences.filter {
      desired.sequences[$0.key] != nil || recorded.sequences[$0.key] != nil
    }
    for (name, sequence) in recorded.sequences where sequence.isUndeclared {
      part.definition.sequences[name]?.isUndeclared = true
    }
    part.definition.namespaces.formIntersection(desired.namespaces.union(recorded.namespaces))
    return part
  }

  /// Returns the live schema with the sequences that defaults of the definitions use, and nothing declares, as unmanaged: they
  /// cannot be dropped.
  private func keepingUsedSequences(_ live: LiveSchema) -> LiveSchema {
    var live = live
    for name in desired.sequencesInDefaults(for: environment.dialect) where desired.sequences[name] == nil {
      live.definition.sequences[name]?.isUndeclared = true
    }
    return live
  }

  /// Returns the live schema with only the row policies of the definitions and those that revisions created: revisions
  /// written by hand create others, and features have none.
  private func withOwnPolicies(_ live: LiveSchema) throws(MetaxyError) -> LiveSchema {
    guard live.definition.sorted.contains(where: { !$0.policies.isEmpty }) else { return live }
    let recorded =
      environment.kind == .user ? try environment.recordedSchema(at: environment.revisions.graph.heads) : Schema()
    let dialect = environment.dialect
    // A renamed table has its former name in the records.
    let newNames = Dictionary(
      renames.map { (dialect.folded(TableName($1, schema: $0.schema)), dialect.folded($0)) }
    ) { first, _ in first }
    func place(of table: TableName) -> TableName { newNames[dialect.folded(table)] ?? dialect.folded(table) }
    var owned: [TableName: Set<String>] = [:]
    for table in desired.sorted + recorded.sorted {
      owned[place(of: table.name), default: []].formUnion(table.policies.map(\.name))
    }
    return live.keepingPolicies { owned[place(of: $0)]?.contains($1) ?? false }
  }

  private var dropsUnmanaged: Bool {
    environment.session.project.migrations.unmanagedTables == .drop
  }

  /// Whether all enum types, sequences and schemas are desired.
  private func hasOnlyDesired(_ live: Schema) -> Bool {
    live.enums.keys.allSatisfy { desired.enums[$0] != nil }
      && live.sequences.keys.allSatisfy { desired.sequences[$0] != nil }
      && live.namespaces.isSubset(of: desired.namespaces)
  }
}
