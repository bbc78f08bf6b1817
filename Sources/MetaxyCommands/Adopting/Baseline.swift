internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The first revision of a history, for tables that exist already: a new database gets what the adopted one has.
struct Baseline {
  let draft: RevisionDraft
  /// The adopted tables, as the database lists them.
  let tables: [TableName]
  /// The adopted tables with the types that they use, as the baseline makes them.
  let adopted: Schema
  /// The definitions, by dialect.
  let definitions: [String: Schema]
  /// The owned objects of the database before the adoption.
  let live: RenamedSchema
  /// The operations from the live tables to the definitions.
  let differences: [MigrationOperation]
  /// What the database has and the baseline has not, for display.
  let unmanaged: [String]
}

extension EnvironmentComparison {
  /// Returns the baseline of a database whose environment has no revision; nil if it has none of the defined tables.
  ///
  /// The system environment's baseline makes the layout of ``SystemTables``, whatever layout the database has.
  ///
  /// - Throws: errors for tables that a dialect does not support.
  func baseline() throws(MetaxyError) -> Baseline? {
    let loaded = try loader.load(besides: [], .all)
    let schemas = try normaliser.normalise(loaded)
    let live = schemas.live.before
    guard !live.definition.tables.isEmpty else { return nil }
    let owned = OwnedObjects(environment, state, loaded.desired, loaded.generation)
    let found = try environment.database.introspect(connection, without: owned.isForeign)
    let tables =
      environment.kind == .system
      ? SystemTables.schema(loaded.generation, prefix: environment.session.store.tablePrefix)
      : live.definition.withUsedParts(of: found.definition, besides: live.definition, environment.dialect)
    let differences = comparer.operations(schemas)
    var definitions = [environment.dialect.name: loaded.desired.schema]
    for target in loaded.otherDialects { definitions[target.dialect.name] = target.desired.schema }
    return Baseline(
      draft: try draft(ofBaseline: tables, differences.isEmpty, loaded), tables: live.definition.sorted.map(\.name),
      adopted: tables, definitions: definitions, live: schemas.live, differences: differences,
      unmanaged: try unmanaged(found, tables, owned))
  }

  /// - Parameter isDesired: whether the tables are those of the definitions, so that their versions are, too.
  private func draft(
    ofBaseline tables: Schema, _ isDesired: Bool, _ loaded: LoadedSchemas
  ) throws(MetaxyError) -> RevisionDraft {
    var drafts = [
      try DialectDraft(from: Schema(), to: DesiredSchema(schema: tables.specifyingSettings), environment.dialect)
    ]
    var record = RevisionRecord(of: drafts[0].operations, desired: tables, rules: environment.dialect)
    for target in loaded.otherDialects {
      let part = target.desired.part(like: tables, target.dialect)
      let draft = try DialectDraft(from: Schema(), to: DesiredSchema(schema: part), target.dialect)
      drafts.append(draft)
      let content = RevisionRecord(of: draft.operations, desired: part, rules: target.dialect)
      if content != record { record.dialects[target.dialect.name] = content }
    }
    let versions = isDesired ? featureVersions(loaded) : nil
    if let versions { record.features = FeatureVersionChange.changes(from: [:], to: versions.featureVersions) }
    return RevisionDraft(
      sections: drafts.flatMap(\.sections), record: record, snapshot: versions?.snapshot,
      operations: drafts.flatMap(\.operations).distinctTargets.map(\.description), message: "baseline", warnings: [],
      live: Schema())
  }

  private func featureVersions(_ loaded: LoadedSchemas) -> GraphVersions? {
    loaded.features.flatMap { features in
      features.graph.features.isEmpty ? nil : features.versions(environment.session.context)
    }
  }

  /// The tables that no environment owns, the types that no owned table uses, and the triggers and views that depend on
  /// the adopted tables: they are not part of the baseline.
  private func unmanaged(
    _ found: LiveSchema, _ adopted: Schema, _ owned: OwnedObjects
  ) throws(MetaxyError) -> [String] {
    guard environment.kind == .user else { return [] }
    let bookkeeping = Set(environment.bookkeepingTables.map { environment.dialect.folded($0) })
    let foreign = try connection.tableNames().filter { name in
      owned.isForeign(name) && !SystemTables.isSystem(name) && !bookkeeping.contains(environment.dialect.folded(name))
    }
    let tables = environment.ignored.remaining(of: Schema(foreign.map { Table(name: $0) }))
    let types = found.definition.enums.keys.filter { adopted.enums[$0] == nil }.sorted()
    let dependents = found.dependents.sorted { $0.key < $1.key }.flatMap { table, objects in
      objects.triggers.map { "trigger `\($0.name)` of `\(table)`" } + objects.views.map { "view `\($0)`" }
    }
    let others = found.unmanaged.map { object in
      "\(object.kind == .other ? "object" : object.kind.rawValue) `\(object.name)`"
        + (object.relation.map { " of `\($0)`" } ?? "")
    }
    return tables.sorted.map { "table `\($0.name)`" } + types.map { "type `\($0)`" } + (dependents + others).uniqued
  }
}

extension DesiredSchema {
  /// Returns the tables of these definitions that a database of another dialect has, under their new names.
  fileprivate func part(like tables: Schema, _ dialect: any Dialect) -> Schema {
    let existing = Set(tables.sorted.map { $0.name.name.folded })
    return schema.filter { name in
      existing.contains(name.name.folded) || renames.tables[name].map { existing.contains($0.folded) } ?? false
    }
  }
}
