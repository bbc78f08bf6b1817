internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Finds drift: the changes of a database that no revision made.
struct DriftFinder {
  private let environment: EnvironmentContext
  private let connection: any Connection

  init(_ environment: EnvironmentContext, _ connection: any Connection) {
    self.environment = environment
    self.connection = connection
  }

  private var dialect: any Dialect { environment.dialect }

  /// Returns the operations from the recorded schema to the live one.
  ///
  /// Objects whose names are in revisions without a record are left out, because their recorded form is unknown.
  func operations(_ loaded: LoadedSchemas) throws(MetaxyError) -> [MigrationOperation] {
    // Between revisions the tables match no record.
    guard !loaded.isHalfApplied else { return [] }
    let recorded = loaded.applied
    // An expression that cannot be compared is reported where it is compared with the definitions.
    let live = try environment.database.normalised(loaded.live.before, to: recorded, connection).schema
    let resolving = dialect.operations(from: RenamedSchema(live), to: recorded)
    guard !resolving.isEmpty else { return [] }
    let unknown = try namesOfUnrecorded(loaded.records)
    return resolving.reverseOperations.filter { operation in
      !unknown.contains(dialect.folded(operation.table.name))
    }
  }

  /// The names in the statements of revisions that were written by hand.
  private func namesOfUnrecorded(_ records: RevisionRecords) throws(MetaxyError) -> Set<String> {
    var names: Set<String> = []
    for file in records.unknown {
      for section in file.sections(.upgrade, dialect: dialect.name) {
        for statement in section.statements {
          for token in try statement.tokens(for: dialect.name, lexicon: dialect.lexicon) {
            names.insert(dialect.folded(token.value))
          }
        }
      }
    }
    return names
  }
}
