internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyEngines
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The proof that a baseline leaves what the revisions leave that it replaces: both run in a scratch database, and their
/// catalogs are compared.
struct SquashProof {
  private let environment: EnvironmentContext
  private let database: any Database
  private let expected: LiveSchema
  private let rows: [TableName: Int64]

  /// Runs the revisions of the range; nil if there is no scratch database of the dialect in which revisions can run.
  init?(_ environment: EnvironmentContext, _ name: StoreDialect, _ files: [RevisionFile]) throws(MetaxyError) {
    guard let database = ScratchRun.database(of: name, in: environment.session) else { return nil }
    self.environment = environment
    self.database = database
    do throws(MetaxyError) {
      (expected, rows) = try Self.run(files, environment, database)
    } catch  where error.meansNoScratch {
      return nil
    } catch  where error.code == .statementFailed {
      throw .cannotRun(files, name, cause: error)
    }
  }

  /// Returns how the result of a baseline differs; none if both are equal.
  func differences(of baseline: RevisionFile) throws(MetaxyError) -> [String] {
    let (found, foundRows) = try Self.run([baseline], environment, database)
    let comparison = CatalogComparison(dialect: database.dialect)
    var differences =
      comparison.differences(found, expected) + comparison.otherDifferences(found, expected)
    for table in Set(rows.keys).union(foundRows.keys).sorted() where rows[table] != foundRows[table] {
      differences.append("the number of rows of `\(table)`")
    }
    return differences.uniqued
  }

  private static func run(
    _ files: [RevisionFile], _ environment: EnvironmentContext, _ database: any Database
  ) throws(MetaxyError) -> (LiveSchema, [TableName: Int64]) {
    let directory = try RevisionDirectory(files: files)
    let scratch = try ScratchRun(environment, on: database)
    let plan = try directory.graph.plan(upgradeTo: "heads", current: [])
    try scratch.run(directory.steps(of: plan))
    let live = try scratch.catalog()
    var rows: [TableName: Int64] = [:]
    for table in live.definition.sorted {
      let text = "SELECT count(*) FROM \(SQLWriter(database.dialect).name(table.name))"
      rows[table.name] = try scratch.connection.query(text).first?.first?.integer ?? 0
    }
    return (live, rows)
  }
}

extension MetaxyError {
  /// - Parameter cause: the failure, whose hints are about the scratch database.
  fileprivate static func cannotRun(
    _ files: [RevisionFile], _ dialect: StoreDialect, cause: MetaxyError
  ) -> MetaxyError {
    var cause = cause
    cause.hints = []
    let end = files.last?.revision ?? ""
    return MetaxyError(
      .cannotSquash,
      "cannot squash up to `\(end)`: its revisions cannot run in an empty database (\(dialect.rawValue))",
      Payload(path: files.last?.path, revision: end), hints: ["nothing was written"], cause: cause)
  }
}
