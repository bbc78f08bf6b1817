internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyLint
internal import MetaxyMigrationErrors
internal import MetaxyRevisions
internal import MetaxyRuntime

/// Runs the statements of revisions in scratch databases that have the tables before the revision, without rows.
struct LintMeasurement {
  private let environment: EnvironmentContext
  private let name: StoreDialect

  init(_ environment: EnvironmentContext, _ name: StoreDialect) {
    self.environment = environment
    self.name = name
  }

  /// Returns what each statement did; empty for an engine whose statements are not measured, and where a statement cannot run
  /// because the records lack what it needs, which is reported.
  ///
  /// - Throws: `no_scratch` if there is no scratch database in which revisions can run.
  func measurements(of sections: LintedSections, _ file: RevisionFile) throws(MetaxyError) -> [Int:
    StatementMeasurement]
  {
    let parts = sections.measuredSections
    guard name == .postgresql, !parts.isEmpty else { return [:] }
    guard let database = ScratchRun.database(of: name, in: environment.session) else {
      throw .nothingToMeasureIn(name.rawValue)
    }
    let scratch = try ScratchRun(environment, on: database)
    do {
      try SchemaBuild(sections.before, in: scratch).create(at: [])
      return try run(parts, scratch.connection)
    } catch  where !error.isInterruption {
      environment.session.context.report(
        .warning("the statements of \(file.path) cannot be measured, so their text is read: \(error.message)"))
      return [:]
    }
  }

  private func run(
    _ sections: [LintedSections.MeasuredSection], _ connection: any Connection
  ) throws(MetaxyError) -> [Int: StatementMeasurement] {
    guard let meter = try connection.statementMeter() else { return [:] }
    var measurements: [Int: StatementMeasurement] = [:]
    for section in sections {
      func runStatements() throws(MetaxyError) {
        for statement in section.statements {
          measurements[statement.step] = try meter.measure(isInTransaction: section.runsInTransaction) {
            () throws(MetaxyError) in try connection.execute(statement.sql)
          }
        }
      }
      if section.runsInTransaction { try connection.transaction(runStatements) } else { try runStatements() }
    }
    return measurements
  }
}

extension MetaxyError {
  fileprivate static func nothingToMeasureIn(_ dialect: String) -> MetaxyError {
    MetaxyError(
      .noScratch, "there is no scratch database for \(dialect) in which revisions can run, so nothing can be measured",
      hints: ["a role that may create databases gets temporary ones beside the store or at `scratch_url`"])
  }
}
