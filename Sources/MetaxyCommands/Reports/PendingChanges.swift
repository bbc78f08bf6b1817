internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The last pending revision that changes each table, by the records.
struct PendingChanges {
  private var last: [TableName: String] = [:]
  private let dialect: any Dialect

  init(_ pending: [RevisionFile], in environment: EnvironmentContext) throws(MetaxyError) {
    dialect = environment.dialect
    for file in pending {
      guard let record = try environment.record(of: file)?.part(for: dialect.name) else { continue }
      for name in record.objectNames { last[dialect.folded(name)] = file.revision }
    }
  }

  /// Returns the last pending revision that changes the table of an operation; nil if none does.
  func revision(changing operation: MigrationOperation) -> String? { last[dialect.folded(operation.table)] }
}
