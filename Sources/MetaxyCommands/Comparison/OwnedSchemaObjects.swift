internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
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

  func remaining(of live: Schema) throws(MetaxyError) -> Schema {
    var schema = live
    let strangers = strangers(in: live)
    guard !strangers.isEmpty, !ownsEverything else { return schema }
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

  /// What nobody asks for, by any name.
  private func strangers(in live: Schema) -> [String] {
    live.enums.keys.filter { desired.enums[$0] == nil }.map(\.description)
      + live.sequences.keys.filter { desired.sequences[$0] == nil }.map(\.description)
      + live.namespaces.subtracting(desired.namespaces)
  }
}
