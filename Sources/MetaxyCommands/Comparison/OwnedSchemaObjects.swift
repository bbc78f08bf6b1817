internal import MetaxyErrors
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The enum types, sequences and schemas that this environment manages: the desired ones, those that its revisions
/// created, and all if unmanaged tables are dropped.
struct OwnedSchemaObjects {
  private let environment: EnvironmentContext
  private let desired: Schema

  init(_ environment: EnvironmentContext, _ desired: Schema) {
    self.environment = environment
    self.desired = desired
  }

  func remaining(of live: LiveSchema) throws(MetaxyError) -> LiveSchema {
    var schema = live
    schema.definition = try remaining(of: live.definition)
    return schema
  }

  private func remaining(of live: Schema) throws(MetaxyError) -> Schema {
    var schema = live
    guard hasUndesired(live), !ownsEverything else { return schema }
    // Only now are the records read: most databases hold nothing but what is asked for.
    let recorded =
      environment.kind == .user ? try environment.recordedSchema(of: environment.revisions.revisions) : Schema()
    schema.enums = live.enums.filter { desired.enums[$0.key] != nil || recorded.enums[$0.key] != nil }
    schema.sequences = live.sequences.filter { desired.sequences[$0.key] != nil || recorded.sequences[$0.key] != nil }
    schema.namespaces = live.namespaces.intersection(desired.namespaces.union(recorded.namespaces))
    return schema
  }

  private var ownsEverything: Bool {
    environment.kind == .user && environment.session.project.configuration.migrations.unmanagedTables == .drop
  }

  private func hasUndesired(_ live: Schema) -> Bool {
    live.enums.keys.contains { desired.enums[$0] == nil }
      || live.sequences.keys.contains { desired.sequences[$0] == nil }
      || !live.namespaces.isSubset(of: desired.namespaces)
  }
}
