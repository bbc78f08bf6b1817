internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The records of an environment, computed again on the present parents of their revisions.
///
/// A record holds whole tables after its revision. Its operations are those from the tables of its recorded parents; they are
/// applied to the tables of the present parents. Only a moved revision and its descendants can change.
struct RefoldedRecords {
  private let environment: EnvironmentContext
  private let files: [RevisionFile]
  private let old: [String: RevisionRecord]
  private var new: [String: RevisionRecord] = [:]
  /// The history as it was when the records were made.
  private let recorded: RevisionGraph

  /// - Throws: `cannot_refold`, with the reason; `conflicting_records`.
  init(_ environment: EnvironmentContext) throws(MetaxyError) {
    self.environment = environment
    files = environment.revisions.revisions
    var records: [String: RevisionRecord] = [:]
    for file in files { records[file.revision] = try environment.uncheckedRecord(of: file) }
    old = records
    recorded = try Self.recordedGraph(records, environment.revisions)
    var moved: Set<String> = []
    for file in files {
      let matches = records[file.revision]?.origin?.matches(file) ?? true
      if !matches || file.ancestors.contains(where: moved.contains) { moved.insert(file.revision) }
      guard let record = records[file.revision] else { continue }
      var refolded = moved.contains(file.revision) ? try self.refolded(record, of: file) : record
      refolded.origin = RecordOrigin(of: file)
      new[file.revision] = refolded
    }
  }

  private static func recordedGraph(
    _ records: [String: RevisionRecord], _ revisions: RevisionDirectory
  ) throws(MetaxyError) -> RevisionGraph {
    var nodes: [RevisionNode] = []
    for file in revisions.revisions {
      var node = file.node
      if let origin = records[file.revision]?.origin, !origin.matches(file) {
        guard origin.revision == file.revision || revisions[origin.revision] == nil else {
          throw .cannotRefold(file, reason: "it is a copy of the record of `\(origin.revision)`")
        }
        if let missing = origin.parents.first(where: { revisions[$0] == nil }) {
          throw .cannotRefold(file, reason: "it was made on `\(missing)`, which has no file")
        }
        node.downRevisions = origin.parents
      }
      nodes.append(node)
    }
    return try RevisionGraph(nodes)
  }

  /// The records that differ from the present ones, with their files.
  var changed: [(file: RevisionFile, record: RevisionRecord)] {
    files.compactMap { file in
      guard let record = new[file.revision], record != old[file.revision] else { return nil }
      return (file, record)
    }
  }

  private func refolded(_ record: RevisionRecord, of file: RevisionFile) throws(MetaxyError) -> RevisionRecord {
    var result = try contents(of: record, nil, file)
    for name in Set(old.values.flatMap(\.dialects.keys)).sorted() {
      guard let dialect = StoreDialect(rawValue: name) else { continue }
      let part = try contents(of: record, environment.session.context.dialect(dialect), file)
      if part != result { result.dialects[name] = part }
    }
    let graph = environment.revisions.graph
    let before = try graph.applied(Set(graph.ends(graph.needs(of: file.revision))))
      .compactMap { new[$0]?.features }.reduce(into: [:]) { $0.merge($1) { _, last in last } }
    result.drift = record.drift
    result.features = record.features.reduce(into: [:]) { changes, change in
      changes[change.key] = FeatureVersionChange(from: before[change.key]?.to, to: change.value.to)
    }
    return result
  }

  /// Returns the contents of a record for a dialect; for all dialects without contents of their own if it is nil.
  private func contents(
    of record: RevisionRecord, _ dialect: (any Dialect)?, _ file: RevisionFile
  ) throws(MetaxyError) -> RevisionRecord {
    let rules = dialect ?? environment.dialect
    func part(_ record: RevisionRecord) -> RevisionRecord { dialect.map { record.part(for: $0.name) } ?? record }
    func schema(in graph: RevisionGraph, _ records: [String: RevisionRecord]) throws(MetaxyError) -> Schema {
      try RecordedSchemas(graph, for: rules) { name throws(MetaxyError) in records[name].map(part) }
        .schema(before: file.revision)
    }
    let oldBase = try schema(in: recorded, old)
    let newBase = try schema(in: environment.revisions.graph, new)
    let part = part(record)
    var after = oldBase
    part.fold(into: &after, rules: rules)
    let operations = rules.operations(
      fromRecorded: oldBase, to: DesiredSchema(schema: after, renames: part.renames))
    let desired = newBase.applying(operations) { rules.renaming($1, to: $2, in: $0) }
    let found = rules.operations(
      fromRecorded: newBase, to: DesiredSchema(schema: desired, renames: part.renames))
    let targets = Set(found.map(OperationTarget.init))
    if let lost = operations.first(where: { !targets.contains(OperationTarget($0)) }) {
      let place = file.downRevisions.isEmpty ? "in the first revision" : "after \(Wording.list(file.downRevisions))"
      throw .cannotRefold(file, reason: "`\(lost)` is not possible \(place)")
    }
    return RevisionRecord(of: found, desired: desired, rules: rules)
  }
}

extension RevisionFile {
  fileprivate var ancestors: [String] { downRevisions + dependencies }
}
