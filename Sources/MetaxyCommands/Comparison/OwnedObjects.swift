internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Which objects of a database an environment owns: those that are desired, and those that its revisions created. All of
/// them where unmanaged tables are dropped.
struct OwnedObjects {
  private let environment: EnvironmentContext
  private let desired: Schema
  /// In the form in which the engine compares names, as are those of the version and log tables.
  private let tables: Set<TableName>
  private let bookkeepingTables: Set<TableName>

  init(_ environment: EnvironmentContext, _ state: EnvironmentState, _ desired: DesiredSchema) {
    self.environment = environment
    self.desired = desired.schema
    let dialect = environment.dialect
    let former = desired.renames.tables.map { TableName($1, schema: $0.schema) }
    // PostgreSQL tells `Video` and `video` apart: one may be owned and the other not.
    tables = Set((state.log.ownedTables + desired.schema.sorted.map(\.name) + former).map { dialect.folded($0) })
    bookkeepingTables = Set(environment.bookkeepingTables.map { dialect.folded($0) })
  }

  /// Whether a live table is not this environment's.
  func isForeign(_ table: TableName) -> Bool {
    guard SystemTables.isSystem(table) == (environment.kind == .system) else { return true }
    let name = environment.dialect.folded(table)
    return bookkeepingTables.contains(name) || !(dropsUnmanaged || tables.contains(name))
  }

  /// Returns the live schema without the enum types, sequences and schemas of others; tables were left out when it was read.
  func part(of live: LiveSchema) throws(MetaxyError) -> LiveSchema {
    guard !(environment.kind == .user && dropsUnmanaged), !hasOnlyDesired(live.definition) else { return live }
    // Only now are the records read: most databases hold only what is desired.
    let recorded =
      environment.kind == .user ? try environment.recordedSchema(of: environment.revisions.revisions) : Schema()
    var part = live
    part.definition.enums = live.definition.enums.filter {
      desired.enums[$0.key] != nil || recorded.enums[$0.key] != nil
    }
    part.definition.sequences = live.definition.sequences.filter {
      desired.sequences[$0.key] != nil || recorded.sequences[$0.key] != nil
    }
    part.definition.namespaces.formIntersection(desired.namespaces.union(recorded.namespaces))
    return part
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
