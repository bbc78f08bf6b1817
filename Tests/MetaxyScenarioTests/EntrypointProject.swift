import MetaxyTestSupport
import Testing

/// A project whose only entrypoint is a file of SQL, with an empty database, and the built command on it.
final class EntrypointProject: Sendable {
  let database: EmptyDatabase
  private let project: BuiltProject

  var path: String { project.path }

  /// - Parameter url: the URL of the store; nil for that of the database.
  init(_ entrypoint: String, on engine: Engine, url: ((String) -> String)? = nil, settings: String = "") throws {
    database = try EmptyDatabase(on: engine)
    project = try BuiltProject(
      """
      project = "scenarios"
      entrypoints = ["app.sql"]

      [ext.sqlmodel]
      enable = false

      [ext.migrations]
      \(settings)

      [ext.migrations.stores.dev]
      url = "\(url?(database.url) ?? database.url)"
      """)
    try project.write(entrypoint, to: "app.sql")
  }

  func write(_ text: String, to name: String) throws { try project.write(text, to: name) }

  @discardableResult
  func run(_ words: String) throws -> ChildProcess { try project.run(words) }

  @discardableResult
  func run(_ words: String, status: Int32) throws -> ChildProcess {
    let run = try project.run(words)
    try #require(run.status == status, "metaxy \(words): \(run.output)\(run.errors)")
    return run
  }
}
