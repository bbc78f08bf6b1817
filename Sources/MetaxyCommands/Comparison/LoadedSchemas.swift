internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The input of a comparison, as it was read.
struct LoadedSchemas {
  /// The features; nil for Metaxy's own tables.
  let features: FeatureSource?
  /// The generation of the project.
  let generation: Generation
  /// The schema of the features and plain SQL, or of Metaxy's own definitions.
  let desired: DesiredSchema
  /// The owned objects of the database as the engine prints them, before and after the declared renames.
  let live: RenamedSchema
  /// The revisions that are not applied yet; nil if there are none.
  var pending: PendingRevisions?
  /// The records of all revisions, the pending ones included.
  var records: RevisionRecords
  /// The schema that the applied revisions make on the store's engine, according to their records.
  let applied: Schema
  /// The live tables that are converted from the other generation.
  var converted: [TableName] = []
  /// The desired schemas of the other dialects of the project.
  var otherDialects: [DialectTarget] = []

  /// Whether a revision is partially applied, so that the tables match no revision.
  let isHalfApplied: Bool
}

/// The desired schema of a dialect other than the store's.
struct DialectTarget {
  let dialect: any Dialect
  var desired: DesiredSchema
  /// Whether this differs from the desired schema of the store's dialect.
  let isOwn: Bool

  /// The operations from the recorded schema.
  func operations(since records: RevisionRecords) throws(MetaxyError) -> DialectOperations {
    DialectOperations(
      dialect: dialect,
      operations: dialect.operations(fromRecorded: try records.schema(for: dialect), to: desired))
  }
}

/// The recorded content of the revisions that are not applied yet.
struct PendingRevisions {
  /// The records of the pending revisions for the store's engine, in order.
  let records: [RevisionRecord]
  /// The schema after the applied revisions.
  let applied: Schema
  /// Whether the first of them is partially applied, so that the tables match no revision.
  let isHalfApplied: Bool

  /// The tables that the pending revisions change, in the form in which the engine compares names.
  func changedTables(_ dialect: any Dialect) -> Set<TableName> {
    Set(records.flatMap { $0.tables.keys.map { dialect.folded($0) } })
  }
}
