internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

extension RevisionRecord {
  /// Notes the drift of the tables and types that the revision changes.
  ///
  /// - Parameter operations: the operations from the recorded schema to the live one.
  mutating func noteDrift(_ operations: [MigrationOperation], on dialect: any Dialect) {
    let names = Set(part(for: dialect.name).objectNames.map { dialect.folded($0) })
    let own = operations.filter { names.contains(dialect.folded($0.table)) }.map(\.description)
    if !own.isEmpty { drift[dialect.name] = own.uniqued }
  }
}
