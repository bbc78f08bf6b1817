internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The records of the revisions up to some: what databases of every dialect hold there, the ones that cannot be asked
/// included.
struct RevisionRecords {
  private let records: [RevisionRecord]
  /// Revisions that were written by hand: what they do is not known.
  let unknown: [RevisionFile]

  /// Reads the records.
  ///
  /// - Parameter revisions: the last revisions that count, after all those that they follow.
  init(_ environment: EnvironmentContext, upTo revisions: [String]) throws(MetaxyError) {
    var records: [RevisionRecord] = []
    var unknown: [RevisionFile] = []
    for revision in try environment.revisions.graph.applied(Set(revisions)) {
      guard let file = environment.revisions[revision] else { continue }
      if let record = try environment.record(of: file) {
        records.append(record)
      } else if file.sections.contains(where: { !$0.statements.isEmpty }) {
        unknown.append(file)
      }
    }
    self.records = records
    self.unknown = unknown
  }

  /// The versions of the features at these revisions, as far as records hold them.
  var featureVersions: [FeatureKey: String] {
    records.reduce(into: [:]) { versions, record in
      for (key, change) in record.features { versions[key] = change.to }
    }
  }

  /// The schema of the databases of a dialect.
  func schema(for dialect: any Dialect) -> Schema {
    records.reduce(into: Schema()) { schema, record in
      record.part(for: dialect.name).fold(into: &schema, rules: dialect)
    }
  }
}
