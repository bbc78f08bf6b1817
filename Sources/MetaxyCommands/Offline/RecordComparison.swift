internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// Compares the tables that the records of all revisions give with the desired ones, without running a statement.
struct RecordComparison {
  private let environment: EnvironmentContext
  private let project: Project
  private let features: FeatureSource?

  /// - Parameters:
  ///   - project: the project without the servers that are not connected to.
  ///   - features: the features, if they are read already.
  init(_ environment: EnvironmentContext, without project: Project, _ features: FeatureSource?) {
    self.environment = environment
    self.project = project
    self.features = features
  }

  /// The operations that the records lack, for each dialect.
  struct Result {
    var parts: [DialectOperations] = []
    /// The desired schema of the first dialect.
    var desired: DesiredSchema?
    /// The features; nil for Metaxy's own tables.
    var features: FeatureSource?
  }

  /// Compares each dialect, and notes what was not compared.
  func run(_ dialects: [StoreDialect], _ report: inout CheckReport) throws(MetaxyError) -> Result {
    let session = try ProjectSession(environment.session.context, project, environment.session.store)
    let own = try EnvironmentContext(environment.environment, in: session, after: environment.invocation)
    let tables = own.kind == .user ? try DesiredTables(own, features) : nil
    var records = try RevisionRecords(own, upTo: own.revisions.graph.heads)
    let generation: Generation
    if let tables { generation = tables.features.generation } else { generation = try session.generation() }
    records.generation = generation
    var result = Result(features: tables?.features)
    for dialect in dialects {
      report.offline?.note(.records, of: dialect)
      note(dialect, own, records, &report)
      let target = try desired(tables, generation, dialect, &report)
      result.desired = result.desired ?? target.schema
      let engine = session.context.dialect(dialect)
      let recorded = own.ignored.remaining(of: try records.schema(for: engine))
      var wanted = own.ignored.remaining(of: target.schema)
      if generation == .release01 {
        wanted.adoptStoreLayouts01(from: recorded, engine)
      }
      let operations = engine.operations(
        fromRecorded: recorded, to: wanted)
      result.parts.append(
        DialectOperations(dialect: engine, operations: operations.filter { target.isKnown || !$0.removes }))
    }
    return result
  }

  /// Returns the desired schema of a dialect, and whether all of it is known.
  private func desired(
    _ tables: DesiredTables?, _ generation: Generation, _ dialect: StoreDialect, _ report: inout CheckReport
  ) throws(MetaxyError) -> (schema: DesiredSchema, isKnown: Bool) {
    guard let tables else {
      let prefix = environment.session.store.tablePrefix
      return (DesiredSchema(schema: SystemTables.schema(generation, prefix: prefix)), true)
    }
    let engine = environment.session.context.dialect(dialect)
    do throws(MetaxyError) {
      if let own = try tables.load(for: dialect) { return (own, true) }
      return (try tables.features.desired(on: engine), true)
    } catch  where error.meansNoScratch {
      report.offline?.noteNotCompared([
        "the \(tables.features.declared.isEmpty ? "`.sql`" : "`python:` and `.sql`") entrypoints for `\(dialect.rawValue)`,"
          + " which run in a scratch database only: set `scratch_url` in [ext.migrations]"
      ])
      return (try tables.features.desired(on: engine), false)
    }
  }

  /// Notes the revisions that records cannot represent, and those without a section for the dialect.
  private func note(
    _ dialect: StoreDialect, _ environment: EnvironmentContext, _ records: RevisionRecords,
    _ report: inout CheckReport
  ) {
    report.offline?.noteNotCompared(
      records.unknown.filter { !$0.sections(.upgrade, dialect: dialect.rawValue).isEmpty }.map {
        "\($0.path), which was written by hand and has no record, for `\(dialect.rawValue)`"
      })
    for file in environment.revisions.revisions where file.sections(.upgrade, dialect: dialect.rawValue).isEmpty {
      guard file.sections.contains(where: { $0.direction == .upgrade }) else { continue }
      let command = SuggestedCommand.render(for: dialect.rawValue).completed(for: environment.invocation)
      let error = MetaxyError(
        .noSection, "\(file.path) has no section for the upgrade on `\(dialect.rawValue)`", .init(path: file.path))
      report.offline?.note(
        OfflineResult.Failure(error, on: dialect, hints: ["\(command) writes it from the record"]))
    }
  }
}

extension MigrationOperation {
  /// Whether it removes a whole table, type or sequence.
  fileprivate var removes: Bool {
    switch self {
    case .dropTable, .dropEnum, .dropSequence, .dropSchema: true
    default: false
    }
  }
}
