import Foundation
import MetaxyFiles
import MetaxyStore
import MetaxyTestSupport
import Testing

/// A project with ``StoredForms``, and a database that the built command migrated for it.
final class FormsProject {
  var url: String { database.url }
  private let database: EmptyDatabase
  private let project: BuiltProject

  init(on engine: Engine) throws {
    database = try EmptyDatabase(on: engine)
    project = try BuiltProject(Self.configuration(url: database.url))
    for name in ["Features.swift", "FeatureRegistry.swift"] {
      try project.write(try Files.text(at: "\(Self.sources)/\(name)"), to: "Features/\(name)")
    }
    for command in [
      "init", "-c .metaxy/alembic-system revision --autogenerate", "-c .metaxy/alembic-system upgrade",
      "revision --autogenerate", "upgrade", "graph push", "check",
    ] {
      let run = try project.run(command)
      try #require(run.status == 0, "\(command): \(run.output)\(run.errors)")
    }
  }

  /// Runs the built command, which must succeed, and returns what it prints.
  func metaxy(_ command: String) throws -> (output: String, errors: String) {
    let run = try project.run(command)
    try #require(run.status == 0, "\(command): \(run.output)\(run.errors)")
    return (run.output, run.errors)
  }

  /// Returns the comparison of the features with a recorded snapshot, from which they differ.
  func diff(from snapshot: String) throws -> String {
    let run = try project.run("graph diff --snapshot \(snapshot)")
    try #require(run.status == 2, "\(run.output)\(run.errors)")
    return run.output
  }

  /// Returns the rows of a query, values separated by `|`.
  func rows(_ sql: String) throws -> [String] { try database.rows(sql) }

  /// Returns what the store of Metaxy's first releases reports after a job.
  func seedStore(_ job: String, _ arguments: String...) throws -> NSDictionary {
    try MetaxyPython.seedStore([job, url] + arguments, in: URL(fileURLWithPath: project.path))
  }

  func store() async throws -> MetadataStore {
    try await MetadataStore.open("dev", registry: .forms, directory: project.path)
  }

  /// Returns the rows that SQLModel reports after a job.
  func python(_ arguments: String...) throws -> NSDictionary {
    let job = arguments.prefix(1) + [url] + arguments.dropFirst()
    return try MetaxyPython.answer(of: "sqlmodel_rows.py", Array(job), in: URL(fileURLWithPath: project.path))
  }

  private static let sources = "\(Repository.root)/Tests/MetaxyInteropTests/StoredForms"

  private static func configuration(url: String) -> String {
    """
    project = "forms"
    store = "dev"
    entrypoints = ["Features"]
    [ext.sqlmodel]
    enable = true
    [ext.migrations]
    registry = "Features/FeatureRegistry.swift"
    [ext.migrations.stores.dev]
    url = "\(url)"

    """
  }
}
