internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyMigrationErrors
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The revisions that one baseline replaces: a revision with all its ancestors.
struct SquashPlan {
  private let environment: EnvironmentContext
  /// The revisions in graph order; the last one is the end.
  let files: [RevisionFile]
  var end: RevisionFile { files[files.count - 1] }

  /// - Throws: `cannot_squash` for a range of one revision, and if a revision outside follows one inside.
  init(_ environment: EnvironmentContext, upTo text: String, current: Set<String>) throws(MetaxyError) {
    let graph = environment.revisions.graph
    let found = try graph.resolve(text, current: current)
    guard let name = found.first, found.count == 1 else { throw .noSingleEnd(text, found) }
    let range = graph.ancestors([name])
    self.environment = environment
    files = environment.revisions.revisions.filter { range.contains($0.revision) }
    guard files.count > 1 else { throw .nothingToSquash(name) }
    let outside = environment.revisions.revisions.filter { file in
      !range.contains(file.revision) && graph.needs(of: file.revision).contains { range.contains($0) && $0 != name }
    }
    guard outside.isEmpty else { throw .branchesOff(outside, end: name) }
  }

  /// The original revisions that the baseline stands for, without the end, whose identifier it keeps.
  var replaced: [String] {
    var names: [String] = []
    for file in files { names += file.replaces + (file.revision == end.revision ? [] : [file.revision]) }
    return names
  }

  /// Returns the baseline with its sections.
  func baseline(_ sections: [RevisionSection]) -> RevisionFile {
    var file = RevisionFile(
      path: end.path, message: "squash of \(Wording.count(replaced.count + 1, "revision"))", revision: end.revision,
      branchLabels: files.flatMap(\.branchLabels), created: end.created, snapshot: end.snapshot, sections: sections)
    file.replaces = replaced
    return file
  }

  /// Returns the record of the baseline: every table that the records of the range leave; nil if there are none.
  func record(of baseline: RevisionFile, dialects: [any Dialect]) throws(MetaxyError) -> RevisionRecord? {
    var features: [FeatureKey: FeatureVersionChange] = [:]
    var hasRecords = false
    for file in files {
      guard let record = try environment.record(of: file) else { continue }
      hasRecords = true
      for (key, change) in record.features {
        features[key] = change.to.map { FeatureVersionChange(from: nil, to: $0) }
      }
    }
    guard hasRecords, let first = dialects.first else { return nil }
    var record = try contents(for: first)
    for dialect in dialects.dropFirst() {
      let part = try contents(for: dialect)
      if part != record { record.dialects[dialect.name] = part }
    }
    record.features = features
    record.origin = RecordOrigin(of: baseline)
    return record
  }

  private func contents(for dialect: any Dialect) throws(MetaxyError) -> RevisionRecord {
    let schema = try self.schema(for: dialect)
    let operations = dialect.operations(fromRecorded: Schema(), to: DesiredSchema(schema: schema))
    return RevisionRecord(of: operations, desired: schema, rules: dialect)
  }

  /// The schema after the end, according to the records.
  func schema(for dialect: any Dialect) throws(MetaxyError) -> Schema {
    try environment.recordedSchemas(for: dialect).schema(at: [end.revision])
  }
}

extension MetaxyError {
  fileprivate static func noSingleEnd(_ text: String, _ found: [String]) -> MetaxyError {
    MetaxyError(
      .cannotSquash,
      found.isEmpty ? "`\(text)` is not a revision" : "`\(text)` stands for \(Wording.list(found)): name one of them",
      hints: ["\(.history()) lists the revisions"])
  }

  fileprivate static func nothingToSquash(_ name: String) -> MetaxyError {
    MetaxyError(
      .cannotSquash, "there is nothing to squash: `\(name)` has no ancestors", Payload(revision: name))
  }

  fileprivate static func branchesOff(_ outside: [RevisionFile], end: String) -> MetaxyError {
    MetaxyError(
      .cannotSquash,
      "cannot squash up to `\(end)`: \(Wording.list(outside.map(\.revision))) \(outside.count == 1 ? "follows" : "follow")"
        + " a revision inside the range",
      Payload(path: outside.first?.path, revision: outside.first?.revision),
      hints: ["squash up to a revision before it, or after the branches are merged"])
  }
}
