import Foundation
import MetaxyFileWriting
import MetaxyFiles
import MetaxyTestSupport

/// A project with the features of one of the modules, and a database of its own on one of the engines.
final class ProgramProject {
  /// A command ended with an error.
  struct Failed: Error {
    var said: String
  }

  let path: String
  private let directory: TemporaryDirectory
  private let database: EmptyDatabase

  /// - Parameters:
  ///   - migrations: lines of `[ext.migrations]` in `metaxy.toml`.
  ///   - settings: lines of the store's section there.
  init(on engine: Engine, named name: String = "clips", migrations: String = "", settings: String = "") throws {
    directory = try TemporaryDirectory()
    path = "\(directory.path)/project"
    database = try EmptyDatabase(on: engine)
    try Files.createDirectory("\(path)/Features")
    try Files.write(
      """
      project = "\(name)"
      store = "dev"
      entrypoints = ["Features"]
      [ext.sqlmodel]
      enable = true
      [ext.migrations]
      \(migrations)
      registry = "Features/FeatureRegistry.swift"
      [ext.migrations.stores.dev]
      url = "\(database.url)"
      \(settings)

      """, to: "\(path)/metaxy.toml")
  }

  /// Replaces the features by those of a module.
  func takeFeatures(of module: String) throws {
    let modules = "\(Repository.root)/Tests/ProgramFeatures/\(module)"
    for name in ["Features.swift", "FeatureRegistry.swift"] {
      try Files.write(
        try Files.text(at: "\(modules)/\(name)"), to: "\(path)/Features/\(name)", replacing: true)
    }
  }

  /// Replaces a part of the settings.
  func use(_ old: String, _ new: String) throws {
    let text = try Files.text(at: "\(path)/metaxy.toml")
    try Files.write(text.replacingOccurrences(of: old, with: new), to: "\(path)/metaxy.toml", replacing: true)
  }

  /// Replaces the features.
  func write(_ features: String) throws {
    try Files.write(features, to: "\(path)/Features/Features.swift", replacing: true)
  }

  /// Runs statements past the code under test, and returns the rows of the last one, values separated by `|`.
  @discardableResult
  func query(_ sql: String) throws -> [String] { try database.rows(sql) }

  /// Returns the table definitions in the generated registry; nil if it contains none.
  func definitions() throws -> String? {
    let text = try Files.text(at: "\(path)/Features/FeatureRegistry.swift")
    guard let start = text.range(of: "tableDefinitions: String = \"\"\"\n") else { return nil }
    // What tests define holds nothing that is escaped but quotation marks and backslashes.
    return text[start.upperBound...].components(separatedBy: "\n    \"\"\"").first?
      .replacingOccurrences(of: "\\\"", with: "\"").replacingOccurrences(of: "\\\\", with: "\\")
  }

  /// Runs command lines of the built `metaxy` and returns what they answer.
  @discardableResult
  func run(_ commands: String...) throws -> String {
    let binary = try BuiltProgram.directory(of: "metaxy")
    let run = try ChildProcess(
      (["set -e"] + commands.map { "'\(binary)/metaxy' \($0)" }).joined(separator: "\n"),
      environment: ChildProcess.machine, directory: path)
    guard run.status == 0 else { throw Failed(said: "\(run.output)\(run.errors)") }
    return run.output
  }
}
