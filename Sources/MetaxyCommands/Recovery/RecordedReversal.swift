internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Undoes an interrupted run with the records: compares the tables as they are with those of the revisions in the version
/// table, which neither the run nor its undoing has moved.
struct RecordedReversal {
  private let environment: EnvironmentContext
  private let state: EnvironmentState
  private let connection: any Connection

  init(_ environment: EnvironmentContext, _ state: EnvironmentState, _ connection: any Connection) {
    self.environment = environment
    self.state = state
    self.connection = connection
  }

  private var dialect: any Dialect { environment.dialect }

  /// Returns the sections that undo a run; nil if the record does not show all that the run did.
  func sections(undoing run: HalfAppliedRun) throws(MetaxyError) -> [RevisionSection]? {
    guard let file = run.file, let record = try environment.record(of: file)?.part(for: dialect.name) else {
      return nil
    }
    let schemas = environment.recordedSchemas(for: dialect)
    let target = try schemas.schema(at: state.current).specifyingSettings
    let other =
      try run.direction == .upgrade
      ? schemas.schema(at: state.current.union([run.revision])) : schemas.schema(before: run.revision)
    let changes = RecordedChanges(
      record, from: other, to: target, reversesRenames: run.direction == .upgrade, dialect)
    guard try changes.explain(run, dialect) else { return nil }
    let live = try live(changes, besides: other, target)
    let operations = dialect.operations(from: live, to: target).filter { changes.contains($0) }
    let rendered = try dialect.sections(for: operations, on: live)
    return try DialectDraft.sections(run.direction.opposite, rendered, on: live.after.definition, dialect)
  }

  /// Reads the tables of both schemas, and normalises their expressions to `target`.
  private func live(
    _ changes: RecordedChanges, besides other: Schema, _ target: Schema
  ) throws(MetaxyError) -> RenamedSchema {
    let tables = Set((target.sorted + other.sorted).map { dialect.folded($0.name) })
    let views = Set(target.materializedViews.keys).union(other.materializedViews.keys)
    func isForeign(_ table: TableName) -> Bool {
      !tables.contains(dialect.folded(table)) && !views.contains(table)
    }
    func part(_ schema: LiveSchema) -> LiveSchema {
      var part = schema
      part.definition.enums = schema.definition.enums.filter { target.enums[$0.key] ?? other.enums[$0.key] != nil }
      part.definition.sequences = schema.definition.sequences.filter {
        target.sequences[$0.key] ?? other.sequences[$0.key] != nil
      }
      part.definition.namespaces.formIntersection(target.namespaces.union(other.namespaces))
      return part
    }
    func read(_ schema: LiveSchema) throws(MetaxyError) -> LiveSchema {
      // An expression that cannot be compared stays as printed, and is restored with its table.
      try environment.database.normalised(part(schema), to: target, connection).schema
    }
    let found = try environment.database.introspect(connection, without: isForeign)
    let renames = dialect.renames(
      to: DesiredSchema(schema: target, renames: changes.renames), in: found.definition)
    let before = try read(found)
    var schema = RenamedSchema(before)
    if !renames.isEmpty {
      let after = try environment.database.introspect(connection, after: renames, without: isForeign)
      schema = RenamedSchema(before, renames: renames, after: try read(after))
    }
    schema.values = changes.renames.values
    return schema
  }
}
