internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// A run of a whole rendered history in scratch databases of every dialect, which shows what each revision makes, and whether the
/// end is what the adopted database has.
struct AlembicReplay {
  /// What each revision makes.
  private(set) var records: [String: RevisionRecord] = [:]
  /// Why the history cannot be kept as it is; empty if a new database that runs it equals the adopted one.
  private(set) var obstacles: [String] = []

  /// - Parameter environment: the environment with the files of the history.
  /// - Throws: interruptions.
  init(_ history: AlembicHistory, _ environment: EnvironmentContext, _ baseline: Baseline) throws(MetaxyError) {
    for name in environment.session.dialects {
      let missing = history.gaps.filter { $0.direction == .upgrade && $0.dialect == name.rawValue }
      guard missing.isEmpty else {
        obstacles.append("\(name.rawValue): \(Wording.count(missing.count, "upgrade")) could not be rendered")
        continue
      }
      guard let database = ScratchRun.database(of: name, in: environment.session) else {
        obstacles.append("\(name.rawValue): there is no scratch database to try it out")
        continue
      }
      do throws(MetaxyError) {
        try replay(environment, on: database, name, baseline)
      } catch {
        guard !error.isInterruption else { throw error }
        let cause = (error.cause as? MetaxyError)?.message
        obstacles.append("\(name.rawValue): \([error.message, cause].compactMap(\.self).joined(separator: ": "))")
      }
    }
  }

  private mutating func replay(
    _ environment: EnvironmentContext, on database: any Database, _ name: StoreDialect, _ baseline: Baseline
  ) throws(MetaxyError) {
    let scratch = try ScratchRun(environment, on: database)
    let dialect = database.dialect
    let directory = environment.revisions
    var before = Schema()
    for step in directory.steps(of: try directory.graph.plan(upgradeTo: "heads", current: [])) {
      try scratch.run([step])
      let after = try tables(scratch, name, baseline)
      let operations = dialect.operations(fromRecorded: before, to: DesiredSchema(schema: after))
      take(RevisionRecord(of: operations, desired: after, rules: dialect), of: step.file.revision, name, environment)
      before = after
    }
    guard dialect.name == environment.dialect.name else { return }
    let differences = CatalogComparison(dialect: dialect)
      .differences(LiveSchema(before), LiveSchema(baseline.adopted))
    if !differences.isEmpty {
      obstacles.append("\(name.rawValue): its end is not what the database has, \(Wording.list(differences))")
    }
  }

  /// The adopted tables of a scratch database, in the text of the definitions.
  private func tables(
    _ scratch: ScratchRun, _ name: StoreDialect, _ baseline: Baseline
  ) throws(MetaxyError) -> Schema {
    let owned = Set(baseline.tables.map(\.name.folded))
    let catalog = try scratch.catalog().filter { owned.contains($0.name.folded) }
    let definitions = baseline.definitions[name.rawValue] ?? Schema()
    let normalised = try scratch.database.normalised(catalog, to: definitions, scratch.connection).schema.definition
    return normalised.withUsedParts(of: normalised, besides: baseline.adopted, scratch.dialect)
  }

  private mutating func take(
    _ record: RevisionRecord, of revision: String, _ name: StoreDialect, _ environment: EnvironmentContext
  ) {
    guard var known = records[revision] else {
      var first = RevisionRecord()
      if name == environment.session.dialects.first { first = record } else { first.dialects[name.rawValue] = record }
      records[revision] = first
      return
    }
    if record != known.part(for: name.rawValue) { known.dialects[name.rawValue] = record }
    records[revision] = known
  }
}
