import Foundation
import MetaxyFiles
import MetaxyTestSupport
import Testing

/// A team's project of Metaxy, SQLModel and Alembic in Python, with a database that Alembic migrated, and an empty one.
final class PythonTeam {
  let database: EmptyDatabase
  let fresh: EmptyDatabase
  private let directory: TemporaryDirectory

  init(on engine: Engine) throws {
    database = try EmptyDatabase(on: engine)
    fresh = try EmptyDatabase(on: engine)
    directory = try TemporaryDirectory()
    let environment = URL(filePath: try MetaxyPython.path).deletingLastPathComponent().deletingLastPathComponent()
    try FileManager.default.createSymbolicLink(
      atPath: "\(directory.path)/.venv", withDestinationPath: environment.path)
    try directory.write(Self.configuration(of: database), to: "metaxy.toml")
    try directory.write("", to: "shop/__init__.py")
    for name in ["features.py", "store.py"] {
      try directory.write(try Files.text(at: "\(Repository.fixtures)/python-project/\(name)"), to: "shop/\(name)")
    }
    try python("make")
    try run(".venv/bin/metaxy push")
  }

  /// The configuration as Metaxy's own guide has it.
  private static func configuration(of database: EmptyDatabase) throws -> String {
    let store =
      switch database.engine {
      case .sqlite:
        """
        type = "shop.store.SQLiteMetadataStore"
        config = { connection_string = "\(database.url.replacing("sqlite:///", with: "sqlite://"))" }
        """
      case .postgresql:
        """
        type = "metaxy.ext.postgresql.PostgreSQLMetadataStore"
        config = { connection_params = \(try connection(to: database.url)) }
        """
      }
    return """
      project = "shop"
      store = "dev"
      entrypoints = ["shop.features"]

      [stores.dev]
      \(store)

      """
  }

  /// The words of a URL of PostgreSQL as a table of TOML.
  private static func connection(to url: String) throws -> String {
    let parts = try #require(URLComponents(string: url))
    let words = [
      ("host", parts.host), ("port", parts.port.map { "\($0)" }), ("user", parts.user),
      ("database", parts.path.isEmpty ? nil : String(parts.path.dropFirst())),
    ]
    let items = parts.queryItems?.map { ($0.name, $0.value) } ?? []
    return "{ "
      + (words + items).compactMap { name, value in
        value.flatMap { $0.isEmpty ? nil : "\(name) = \"\($0)\"" }
      }.joined(separator: ", ") + " }"
  }

  func add(toConfiguration text: String) throws {
    try directory.write(try self.text(of: "metaxy.toml") + "\n\(text)\n", to: "metaxy.toml")
  }

  func text(of name: String) throws -> String { try Files.text(at: "\(directory.path)/\(name)") }

  /// Replaces a text of a file, which must have it once.
  func edit(_ name: String, _ old: String, _ new: String) throws {
    let text = try text(of: name)
    try #require(text.ranges(of: old).count == 1, "\(old)")
    try directory.write(text.replacing(old, with: new), to: name)
  }

  /// Runs a command line, in which `metaxy` is the built command, and requires the exit code.
  @discardableResult
  func run(_ command: String, status: Int32 = 0) throws -> String {
    let place = try BuiltProgram.directory(of: "metaxy")
    // A package that is installed would be found without `PYTHONPATH`.
    let variables = ["PATH": "\(place):/usr/bin:/bin", "HOME": directory.path, "PYTHONPATH": "."]
    let run = try ChildProcess(command, environment: variables, directory: directory.path)
    try #require(run.status == status, "\(command): \(run.output)\(run.errors)")
    return run.output + run.errors
  }

  /// Runs a job of `metaxy_team.py`.
  @discardableResult
  func python(_ job: String, _ arguments: String...) throws -> NSDictionary {
    try MetaxyPython.answer(
      of: "metaxy_team.py", [job, database.url] + arguments, in: URL(filePath: directory.path))
  }
}
