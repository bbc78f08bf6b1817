import Foundation
import MetaxyFiles
import MetaxyTestSupport

/// A project with the features of one of the modules, and a database of its own on one of the engines.
final class ProgramProject {
  enum Engine: String, CaseIterable, Sendable {
    case sqlite, postgresql
  }

  /// A command ended with an error.
  struct Failed: Error {
    var said: String
  }

  let path: String
  private let directory: TemporaryDirectory
  private let server: (cluster: PostgreSQLCluster, url: String)?

  init(on engine: Engine) throws {
    directory = try TemporaryDirectory()
    path = "\(directory.path)/project"
    switch engine {
    case .sqlite: server = nil
    case .postgresql:
      let cluster = try PostgreSQLCluster.shared()
      server = (cluster, try cluster.database())
    }
    try Files.createDirectory("\(path)/Features")
    try Files.write(
      """
      project = "clips"
      store = "dev"
      entrypoints = ["Features"]
      [ext.sqlmodel]
      enable = true
      [ext.migrations]
      registry = "Features/FeatureRegistry.swift"
      [ext.migrations.stores.dev]
      url = "\(server?.url ?? "sqlite:///clips.db")"

      """, to: "\(path)/metaxy.toml")
  }

  deinit {
    // Left behind, the database goes with the server, and harms nobody before.
    if let server { try? server.cluster.drop(server.url) }
  }

  /// Takes the features of a module in place of those that are there.
  func takeFeatures(of module: String) throws {
    let modules = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("ProgramFeatures/\(module)")
    for name in ["Features.swift", "FeatureRegistry.swift"] {
      try Files.write(
        try Files.text(at: modules.appendingPathComponent(name).path), to: "\(path)/Features/\(name)", replacing: true)
    }
  }

  /// Runs command lines of the built `metaxy` and returns what they answer.
  @discardableResult
  func run(_ commands: String...) throws -> String {
    let binary = try BuiltProgram.directory(of: "metaxy")
    let variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("METAXY_") }
    let run = try ChildProcess(
      (["set -e"] + commands.map { "'\(binary)/metaxy' \($0)" }).joined(separator: "\n"), environment: variables,
      directory: path, scratch: directory.path)
    guard run.status == 0 else { throw Failed(said: "\(run.output)\(run.errors)") }
    return run.output
  }
}
