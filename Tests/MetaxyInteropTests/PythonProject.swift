import Foundation
import MetaxyFiles
import MetaxyTestSupport
import Testing

/// A project in Python, with the features of `Fixtures/python-project`, and an empty database for it.
final class PythonProject {
  let database: EmptyDatabase
  private let project: BuiltProject

  init(on engine: Engine, hasSystemTables: Bool = false) throws {
    database = try EmptyDatabase(on: engine)
    project = try BuiltProject(
      """
      project = "shop"
      store = "dev"
      entrypoints = ["python:shop.features"]
      [ext.sqlmodel]
      enable = \(hasSystemTables)
      [ext.migrations]
      python = "\(try MetaxyPython.path)"
      [ext.migrations.stores.dev]
      url = "\(database.url)"

      """)
    try project.write("", to: "shop/__init__.py")
    try project.write(try features(), to: "shop/features.py")
  }

  /// The text of the module with the features.
  func features() throws -> String {
    try Files.text(at: "\(Repository.fixtures)/python-project/features.py")
  }

  func write(_ text: String, to file: String) throws { try project.write(text, to: file) }

  /// Runs metaxy, and requires the exit code.
  @discardableResult
  func metaxy(_ words: String, _ variables: [String: String] = [:], status: Int32 = 0) throws -> ChildProcess {
    let run = try project.run(words, variables)
    try #require(run.status == status, "\(words): \(run.output)\(run.errors)")
    return run
  }

  /// Runs `sqlalchemy_tables.py` in the project.
  @discardableResult
  func python(_ arguments: String...) throws -> NSDictionary {
    try MetaxyPython.answer(of: "sqlalchemy_tables.py", arguments, in: URL(filePath: project.path))
  }
}
