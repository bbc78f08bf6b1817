internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The sections of a baseline.
///
/// Where every statement of the range was generated, they create the final tables at once. Otherwise they are the statements of
/// the range, one revision after the other: nothing that was written by hand is lost.
struct SquashedSections {
  private let environment: EnvironmentContext
  private let plan: SquashPlan

  init(_ environment: EnvironmentContext, _ plan: SquashPlan) {
    self.environment = environment
    self.plan = plan
  }

  /// Returns the sections that create the final tables of a dialect; nil if a statement of the range was written by hand.
  func folded(for dialect: any Dialect) throws(MetaxyError) -> [RevisionSection]? {
    guard try revisionsWithOwnStatements(for: dialect).isEmpty else { return nil }
    let schema = try plan.schema(for: dialect).specifyingSettings
    return try DialectDraft(from: Schema(), to: DesiredSchema(schema: schema), dialect).sections
  }

  /// Returns the revisions of the range with statements that were not generated from their records.
  func revisionsWithOwnStatements(for dialect: any Dialect) throws(MetaxyError) -> [RevisionFile] {
    let steps = RecordedOperations(environment, for: dialect)
    var found: [RevisionFile] = []
    for file in plan.files {
      let statements = file.sections(.upgrade, dialect: dialect.name).flatMap(\.statements)
      guard !statements.isEmpty else { continue }
      let generated = try steps.next(file, isDrafted: true)?.sections.flatMap(\.statements).map(\.sql) ?? []
      if !Set(statements.map(\.sql)).isSubset(of: generated) { found.append(file) }
    }
    return found
  }

  /// Returns the sections of all revisions of the range, one after the other.
  ///
  /// - Parameter dialect: the dialect that they are for; nil to leave them as they are.
  func carriedOver(for dialect: String?) -> [RevisionSection] {
    let upgrades = plan.files.flatMap { file in sections(of: file, .upgrade, dialect) }
    let downgrades = plan.files.reversed().flatMap { file in sections(of: file, .downgrade, dialect) }
    return upgrades + downgrades
  }

  private func sections(
    of file: RevisionFile, _ direction: RevisionDirection, _ dialect: String?
  ) -> [RevisionSection] {
    file.sections.filter { $0.direction == direction && ($0.dialect == nil || dialect == nil || $0.dialect == dialect) }
      .filter { !$0.statements.isEmpty }.map { section in
        var section = section
        section.dialect = section.dialect ?? dialect
        // The rows that these conditions are about do not exist before the first section.
        for index in section.statements.indices { section.statements[index].rowChecks = [] }
        if !section.statements.isEmpty { section.statements[0].comments.insert("from `\(file.revision)`", at: 0) }
        section.notes = []
        return section
      }
  }
}
