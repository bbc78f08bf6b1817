internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Proves revisions on one dialect, in graph order.
///
/// One scratch database goes through all of them: each revision runs up, down and up again at its place. Where it is not at
/// the parents of a revision, because an earlier one failed or is not among them, their tables are created from the records.
/// A revision that concerns a small part of the tables is proven in a database that has only these, because reading the catalog,
/// and on SQLite each ALTER TABLE, takes time for every table. It runs in the database of all tables before the next revision
/// that is proven there.
final class DialectVerifier {
  let environment: EnvironmentContext
  private let database: any Database
  private let isSingle: Bool
  /// Whether revisions are proven beside the database that goes through all of them.
  private let provesApart: Bool
  var dialect: any Dialect { database.dialect }
  /// The database that the revisions go through.
  var scratch: ScratchRun?
  /// An empty database, in which the expected tables are created and dropped.
  var fresh: ScratchRun?
  private var version: String?
  /// The applied revisions whose effect no record shows.
  private var unrecorded: [String] = []
  /// Whether every revision from the first one on ran in the same database.
  private var isUnbroken = true
  /// The revisions that were proven beside that database since, and are not applied there yet.
  var pending: [RunStep] = []
  /// Whether one of these fails there, so that the proof beside it was not enough.
  var failsInSequence = false
  /// Why there is no scratch database; nil until it is found. A server that does not answer is asked once.
  private var missing: String?

  /// - Parameters:
  ///   - isSingle: whether only one revision is proven.
  ///   - provesApart: whether revisions may be proven in a database that has only the tables that they concern.
  init(
    _ environment: EnvironmentContext, on database: any Database, isSingle: Bool, provesApart: Bool = true
  ) {
    self.environment = environment
    self.database = database
    self.isSingle = isSingle
    self.provesApart = provesApart
  }

  /// Returns the proof of a revision, which has sections for the dialect.
  ///
  /// - Parameters:
  ///   - record: what the revision changes; nil if that is unknown.
  ///   - live: the tables of the database that the revision was compared with; nil for those of the records.
  /// - Throws: interruptions only.
  func proof(
    of file: RevisionFile, _ record: RevisionRecord?, live: Schema? = nil
  ) throws(MetaxyError) -> DialectProof {
    var proof = DialectProof(dialect: dialect.name, outcome: .notVerified(missing ?? ""))
    guard missing == nil else { return proof }
    do throws(MetaxyError) {
      proof.outcome = try outcome(of: file, record, live, &proof.losses)
    } catch {
      guard !error.isInterruption else { throw error }
      abandon()
      let isMissing = error.meansNoScratch && error.code != .unverifiable
      let reason = (isMissing ? "there is no scratch database: " : "") + error.wholeText
      if isMissing { missing = reason }
      proof.outcome = .notVerified(reason)
    }
    proof.version = version
    if !proof.differences.isEmpty { abandon() }
    return proof
  }

  func abandon() {
    scratch = nil
    pending = []
    isUnbroken = false
  }

  private func outcome(
    of file: RevisionFile, _ record: RevisionRecord?, _ live: Schema?, _ losses: inout [String]
  ) throws(MetaxyError) -> DialectProof.Outcome {
    guard let record else {
      try pass(file)
      return .notVerified("it was written by hand and has no record")
    }
    guard record.views.isEmpty else {
      try pass(file)
      return .notVerified("it changes indexes of materialized views, which are not managed")
    }
    let step = try step(to: file)
    let before = if let live { live } else { try self.before(file, step) }
    if step == nil, let table = try olderTable(than: file, record, before) {
      return .notVerified("`\(table)` is older than the records")
    }
    let tables = try RevisionNeighbourhood(of: file, record, from: before, to: try after(step), dialect)
    let expected = try building("the tables after it") { () throws(MetaxyError) in try catalog(of: tables.after) }
    if let step, provesApart, unrecorded.isEmpty, tables.isSmallPart(of: before),
      let rows = try rowsApart(file, record, tables, expected, step, &losses)
    {
      pending.append(RunStep(file, step))
      return .proven(rows)
    }
    let place = try applyPending() ? step : nil
    // Later revisions of a range find all tables.
    let start = if let place { place } else { try build(isSingle ? tables.before : before, before: file) }
    guard let scratch else { return .notVerified("") }
    let proof = RevisionProof(file, tables, expected: expected, step: start, in: scratch)
    do throws(MetaxyError) {
      let differences = try proof.schemaDifferences()
      guard differences.isEmpty || place != nil || unrecorded.isEmpty else {
        abandon()
        return .notVerified("\(Wording.list(unrecorded)) before it \(unrecorded.count == 1 ? "has" : "have") no record")
      }
      guard differences.isEmpty else { return .differs(differences) }
      return try rowOutcome(proof, record, &losses)
    } catch {
      guard !error.isInterruption else { throw error }
      abandon()
      return .notVerified("it uses objects that are not managed: \(error.wholeText)")
    }
  }

  private func rowOutcome(
    _ proof: RevisionProof, _ record: RevisionRecord, _ losses: inout [String]
  ) throws(MetaxyError) -> DialectProof.Outcome {
    // The rows that these inserted must stay.
    guard unrecorded.isEmpty else { return .proven(.none("\(Wording.list(unrecorded)) before it: no record")) }
    do throws(MetaxyError) {
      let result = try RowsProof(proof, record).run()
      losses = result.losses
      return result.differences.isEmpty ? .proven(result.rows) : .differs(result.differences)
    } catch {
      guard !error.isInterruption, !error.isConnectionLoss else { throw error }
      abandon()
      return .proven(.none(error.wholeText))
    }
  }

  /// Runs a revision without a proof, so that later ones find what it makes.
  private func pass(_ file: RevisionFile) throws(MetaxyError) {
    _ = try applyPending()
    unrecorded.append(file.revision)
    guard !isSingle, let step = try step(to: file) else { return abandon() }
    try scratch?.run([RunStep(file, step)])
  }

  /// Returns the step to a revision from where the database is; nil if it is not at the revision's parents.
  private func step(to file: RevisionFile) throws(MetaxyError) -> RevisionStep? {
    let graph = environment.revisions.graph
    if scratch == nil, isUnbroken, !isSingle, graph.needs(of: file.revision).isEmpty {
      scratch = try open()
    }
    guard let scratch, graph[file.revision] != nil else { return nil }
    let steps = try graph.plan(upgradeTo: file.revision, current: pending.last?.after ?? scratch.rows).steps
    return steps.count == 1 ? steps[0] : nil
  }

  /// The schema before a revision.
  private func before(_ file: RevisionFile, _ step: RevisionStep?) throws(MetaxyError) -> Schema {
    let schemas = environment.recordedSchemas(for: dialect)
    guard let scratch, let step else { return try schemas.schema(at: parents(of: file)) }
    // What a revision without a record has made is only in the database.
    return try unrecorded.isEmpty ? schemas.schema(at: step.before) : scratch.catalog().definition
  }

  /// The schema after a step, to which the other branches belong that are applied; nil where it is not known.
  private func after(_ step: RevisionStep?) throws(MetaxyError) -> Schema? {
    guard let step, unrecorded.isEmpty else { return nil }
    return try environment.recordedSchemas(for: dialect).schema(at: step.after)
  }

  /// The revisions that a revision follows, also if it is not written yet.
  private func parents(of file: RevisionFile) -> [String] {
    let graph = environment.revisions.graph
    return graph.ends(graph[file.revision] == nil ? file.downRevisions : graph.needs(of: file.revision))
  }

  /// Creates the tables before a revision, and returns the step to it.
  private func build(_ schema: Schema, before file: RevisionFile) throws(MetaxyError) -> RevisionStep {
    let parents = parents(of: file)
    unrecorded = try RevisionRecords(environment, upTo: parents).unknown.map(\.revision)
    let scratch = try isSingle ? emptyScratch() : open()
    self.scratch = scratch
    try building("the tables before it") { () throws(MetaxyError) in
      try SchemaBuild(schema, in: scratch).create(at: parents)
    }
    return RevisionStep(revision: file.revision, direction: .upgrade, before: parents, after: [file.revision])
  }

  func catalog(of schema: Schema) throws(MetaxyError) -> LiveSchema {
    let scratch = try emptyScratch()
    fresh = nil
    let catalog = try SchemaBuild(schema, in: scratch).catalog()
    fresh = scratch
    return catalog
  }

  func emptyScratch() throws(MetaxyError) -> ScratchRun {
    if let fresh { return fresh }
    let scratch = try open()
    fresh = scratch
    return scratch
  }

  private func open() throws(MetaxyError) -> ScratchRun {
    let scratch = try ScratchRun(environment, on: database)
    if version == nil { version = try scratch.connection.query(dialect.versionQuery).first?.first?.text }
    return scratch
  }

  private func building<Result>(
    _ what: String, _ body: () throws(MetaxyError) -> Result
  ) throws(MetaxyError) -> Result {
    do throws(MetaxyError) {
      return try body()
    } catch {
      guard !error.isInterruption, !error.meansNoScratch else { throw error }
      throw .cannotBuild(what, cause: error)
    }
  }

  /// Returns a table that a revision changes although neither it nor a recorded revision before it creates the table.
  private func olderTable(
    than file: RevisionFile, _ record: RevisionRecord, _ before: Schema
  ) throws(MetaxyError) -> TableName? {
    let sections = file.sections(.upgrade, dialect: dialect.name)
    var created: Set<String> = []
    for statement in sections.flatMap(\.statements) {
      let tokens = try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
      guard tokens.first?.isWord("CREATE") == true, tokens.prefix(4).contains(where: { $0.isWord("TABLE") }) else {
        continue
      }
      created.formUnion(StatementReach(tokens, lexicon: dialect.lexicon).mentioned)
    }
    return record.tables.keys.sorted().first { name in
      let former = record.renames.tables[name].map { TableName($0, schema: name.schema) } ?? name
      return dialect.table(name, in: before) == nil && dialect.table(former, in: before) == nil
        && !created.contains(name.name.folded)
    }
  }

  /// Takes all revisions back that ran in the same database since the first, and returns what that leaves.
  func passDown() throws(MetaxyError) -> (revision: String, difference: ProofDifference)? {
    guard let scratch, isUnbroken, unrecorded.isEmpty, !isSingle else { return nil }
    let plan = try environment.revisions.graph.plan(downgradeTo: "base", current: scratch.rows)
    let steps = environment.revisions.steps(of: plan)
    guard let last = steps.last else { return nil }
    do throws(MetaxyError) {
      try scratch.run(steps)
    } catch {
      guard !error.isInterruption else { throw error }
      return (
        error.payload.revision ?? last.file.revision,
        ProofDifference(stage: .downgrade, text: "it fails after the later ones: \(error.wholeText)")
      )
    }
    let rest = CatalogComparison(dialect: dialect).differences(try scratch.catalog(), LiveSchema())
    return rest.first.map { (last.file.revision, ProofDifference(stage: .downgrade, text: $0)) }
  }
}

extension MetaxyError {
  fileprivate static func cannotBuild(_ what: String, cause: MetaxyError) -> MetaxyError {
    MetaxyError(.unverifiable, "\(what) cannot be created in a scratch database", cause: cause)
  }
}
