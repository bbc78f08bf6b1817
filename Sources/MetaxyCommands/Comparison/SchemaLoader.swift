internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyEngines
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The dialects of a project that a comparison includes besides the store's.
enum OtherDialects {
  /// All of them: one without a scratch database is an error.
  case all
  /// Those that can be had: one without a scratch database is reported.
  case available
  case none
}

/// The first stage, load: reads everything that a comparison needs from sources, files and the database.
struct SchemaLoader {
  private let environment: EnvironmentContext
  private let state: EnvironmentState
  private let connection: any Connection

  init(_ environment: EnvironmentContext, _ state: EnvironmentState, _ connection: any Connection) {
    self.environment = environment
    self.state = state
    self.connection = connection
  }

  /// Loads the schemas and records.
  ///
  /// - Parameters:
  ///   - pending: the revisions that are not applied yet, whose changes are not differences.
  ///   - dialects: the dialects of the project besides the store's that are loaded.
  ///   - decisions: the renames that no definition declares.
  ///   - rows: what existing rows get, besides the declarations.
  ///   - converts: whether tables of the other generation are converted, and not refused.
  func load(
    besides pending: [RevisionFile], _ dialects: OtherDialects, _ decisions: RenameDecisions = RenameDecisions(),
    _ rows: RowDecisions = RowDecisions(), converting converts: Bool = false
  ) throws(MetaxyError) -> LoadedSchemas {
    let sources = try sources()
    // A declared rename may be part of a pending revision, which has not run yet.
    var loaded = try load(sources, renaming: pending.isEmpty, decisions, rows, converting: converts)
    if !pending.isEmpty { loaded.pending = try load(pending) }
    guard dialects != .none else { return loaded }
    for name in environment.session.project.migrations.dialects where name.rawValue != environment.dialect.name {
      do {
        var target = try target(name, sources, loaded.desired)
        if converts, let features = sources?.features {
          try convert(&target, features, &loaded.records)
        } else if loaded.generation == .release01 {
          target.desired.adoptStoreLayouts01(from: try loaded.records.schema(for: target.dialect), target.dialect)
        }
        decisions.declareKnown(
          in: &target.desired, from: try loaded.records.schema(for: target.dialect), target.dialect)
        try rows.declare(in: &target.desired.schema, target.dialect)
        loaded.otherDialects.append(target)
      } catch  where dialects == .available && error.meansNoScratch {
        environment.session.context.report(
          .warning("the definitions for `\(name.rawValue)` are not compared: \(error.message)"))
      }
    }
    return loaded
  }

  /// Declares the conversion for another dialect, whose tables only the records know.
  private func convert(
    _ target: inout DialectTarget, _ features: FeatureSource, _ records: inout RevisionRecords
  ) throws(MetaxyError) {
    let conversion = GenerationConversion(features, target.dialect)
    let recorded = try records.schema(for: target.dialect)
    conversion.declareTables(in: &target.desired)
    _ = conversion.declareColumns(in: &target.desired, from: recorded)
    if features.generation == .release01 {
      target.desired.adoptStoreLayouts01(
        from: conversion.withoutFormerColumns(recorded, target.desired), target.dialect)
    }
    records.prepared[target.dialect.name] = conversion.fillingOnTheWayBack(recorded, target.desired)
  }

  private func load(
    _ sources: DesiredTables?, renaming: Bool, _ decisions: RenameDecisions, _ rows: RowDecisions,
    converting converts: Bool
  ) throws(MetaxyError) -> LoadedSchemas {
    let ignored = environment.ignored
    let generation: Generation
    if let sources {
      generation = sources.features.generation
    } else {
      generation = try environment.session.generation()
    }
    let prefix = environment.session.store.tablePrefix
    let check = GenerationCheck(environment: environment, generation: generation)
    var converted: [TableName] = []
    if sources == nil, try check.hasOnlyOtherSystemTables(connection) {
      guard converts else { throw check.refusalOfSystemTables }
      converted = SystemTables.schema(generation.other, prefix: prefix).sorted.map(\.name)
    }
    let system = SystemTables.schema(generation, prefix: prefix)
    var desired = ignored.remaining(of: try sources?.load() ?? DesiredSchema(schema: system))
    let conversion = converts ? sources.map { GenerationConversion($0.features, environment.dialect) } : nil
    conversion?.declareTables(in: &desired)
    let owned = OwnedObjects(environment, state, desired, generation)
    let live = try environment.session.context.timed(.introspection) { () throws(MetaxyError) -> RenamedSchema in
      let found = try environment.database.introspect(connection, without: owned.isForeign)
      let before = try owned.part(of: ignored.remaining(of: found))
      try decisions.declare(in: &desired, from: before.definition, environment.dialect)
      var adoptable = before.definition
      if let conversion {
        converted = conversion.declareColumns(in: &desired, from: before.definition)
        adoptable = conversion.withoutFormerColumns(before.definition, desired)
      } else if renaming {
        try check.refuse(before.definition, for: desired.schema)
      }
      try rows.declare(in: &desired.schema, environment.dialect)
      if generation == .release01 { desired.adoptStoreLayouts01(from: adoptable, environment.dialect) }
      try RenameConflicts(environment.dialect).refuse(desired, in: found.definition)
      let renames = renaming ? environment.dialect.renames(to: desired, in: before.definition) : []
      var live = RenamedSchema(before)
      if !renames.isEmpty {
        let after = try environment.database.introspect(connection, after: renames, without: owned.isForeign)
        live = RenamedSchema(before, renames: renames, after: try owned.part(of: ignored.remaining(of: after)))
      }
      if renaming { live.values = desired.renames.values }
      if let conversion {
        live.before.definition = conversion.fillingOnTheWayBack(live.before.definition, desired)
        live.after.definition = conversion.fillingOnTheWayBack(live.after.definition, desired)
      }
      return live
    }
    if converts, converted.isEmpty {
      throw .nothingToConvert(environment.database.displayName, from: generation.other)
    }
    let applied = try environment.recordedSchema(of: state).withoutSystemTables(ofOtherThan: generation)
    var records = try RevisionRecords(environment, upTo: environment.revisions.graph.heads)
    records.generation = generation
    return LoadedSchemas(
      features: sources?.features, generation: generation, desired: desired, live: live, records: records,
      applied: ignored.remaining(of: applied), converted: converted, isHalfApplied: state.isBetweenRevisions)
  }

  /// The features and plain SQL of the project; nil for Metaxy's own tables.
  private func sources() throws(MetaxyError) -> DesiredTables? {
    guard environment.kind == .user else { return nil }
    let sources = try DesiredTables(environment)
    if environment.dialect.hasSchemas {
      try sources.features.requireNamesBesides(connection.defaultSchema)
    }
    return sources
  }

  private func load(_ pending: [RevisionFile]) throws(MetaxyError) -> PendingRevisions {
    let dialect = environment.dialect
    // Branches may change the same table, so every record gets what all of them together leave.
    let after = try environment.recordedSchema(at: environment.revisions.graph.heads)
    var records: [RevisionRecord] = []
    for file in pending {
      guard let record = try environment.record(of: file)?.part(for: dialect.name) else { continue }
      records.append(record.taking(from: after, rules: dialect))
    }
    return PendingRevisions(
      records: records, applied: try environment.recordedSchema(of: state),
      isHalfApplied: state.isBetweenRevisions)
  }

  /// Returns the desired schema of another dialect.
  private func target(
    _ name: StoreDialect, _ sources: DesiredTables?, _ desired: DesiredSchema
  ) throws(MetaxyError) -> DialectTarget {
    let own = try sources?.load(for: name).map { environment.ignored.remaining(of: $0) }
    return DialectTarget(
      dialect: environment.session.context.dialect(name), desired: own ?? desired, isOwn: own != nil)
  }
}
