internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySchema
internal import MetaxyScript

/// The tables that the revisions up to some lead to, as their records tell: what dialects that are not at hand hold.
///
/// A database of one dialect cannot tell what one of another holds: it knows no comments, or no enum types.
struct RecordedHistory {
  let environment: EnvironmentWorkspace
  let schema: Schema
  /// The versions of the features at these revisions, as far as records tell.
  let featureVersions: [FeatureKey: String]
  /// Revisions that were written by hand: nobody knows what they do.
  private let unknown: [RevisionFile]

  /// - Parameter revisions: the last revisions that count; all before them do, too.
  init(_ environment: EnvironmentWorkspace, upTo revisions: [String]) throws(MetaxyError) {
    self.environment = environment
    var schema = Schema()
    var unknown: [RevisionFile] = []
    var versions: [FeatureKey: String] = [:]
    for revision in try environment.revisions.graph.applied(Set(revisions)) {
      guard let file = environment.revisions[revision] else { continue }
      if let record = try environment.record(of: file) {
        record.fold(into: &schema)
        for (key, change) in record.features { versions[key] = change.to }
      } else if file.sections.contains(where: { !$0.statements.isEmpty }) {
        unknown.append(file)
      }
    }
    self.schema = schema
    featureVersions = versions
    self.unknown = unknown
  }

  /// Returns what a revision to `desired` runs on the dialects that the project is for, but for the live one.
  func drafts(to desired: DesiredSchema) throws(MetaxyError) -> [DialectDraft] {
    let others = environment.workspace.project.configuration.migrations.dialects
      .filter { $0.rawValue != environment.dialect.name }
    var drafts: [DialectDraft] = []
    for dialect in others {
      drafts.append(try draft(to: desired, Engines.dialect(dialect, environment.workspace.context)))
    }
    return drafts
  }

  func draft(to desired: DesiredSchema, _ dialect: any Dialect) throws(MetaxyError) -> DialectDraft {
    let (operations, live) = operations(to: desired, dialect)
    do {
      return try DialectDraft(operations, dialect, on: live)
    } catch {
      throw .cannotRenderFor(dialect.name, cause: error)
    }
  }

  /// What the live database needs beyond what the records explain, in sentences: it stands in that dialect's sections alone.
  func drift(of operations: [any MigrationOperation], to desired: DesiredSchema) -> [String] {
    let explained = Set(self.operations(to: desired, environment.dialect).operations.map(\.description))
    let unexplained = operations.map(\.description).filter { !explained.contains($0) }
    let name = environment.database.shownName
    let drift = unexplained.map {
      "`\(name)` has drifted from the revisions: `\($0)` is only for \(environment.dialect.name)"
    }
    return drift
      + unknown.map {
        "\($0.path) was written by hand and has no record; write what other engines need after it by hand, too"
      }
  }

  private func operations(
    to desired: DesiredSchema, _ dialect: any Dialect
  ) -> (operations: [any MigrationOperation], live: RenamedSchema) {
    func compare(_ dialect: some Dialect) -> (operations: [any MigrationOperation], live: RenamedSchema) {
      let live = RenamedSchema(
        dialect.known(of: schema), desired.renames, to: dialect.known(of: desired.schema), rules: dialect)
      return (SchemaComparison(rules: dialect).operations(from: live, to: desired.schema), live)
    }
    return compare(dialect)
  }
}
