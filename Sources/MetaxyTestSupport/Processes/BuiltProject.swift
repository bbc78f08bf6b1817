internal import MetaxyFileWriting
internal import MetaxyFiles

/// A temporary project for the built command; removed with the value.
package final class BuiltProject: Sendable {
  private let directory: TemporaryDirectory
  private let metaxy: String

  package var path: String { directory.path }

  /// - Parameter configuration: the text of `metaxy.toml`.
  package init(_ configuration: String) throws {
    directory = try TemporaryDirectory()
    metaxy = try BuiltProgram.path(of: "metaxy")
    try Files.createDirectory("\(directory.path)/migrations/versions")
    try write(configuration, to: "metaxy.toml")
  }

  /// Writes a file of the project and replaces an existing one.
  package func write(_ text: String, to name: String) throws {
    try directory.write(text, to: name)
  }

  /// Writes a revision with sections.
  package func revision(_ name: String, after parent: String = "", _ sections: String) throws {
    try write(
      "-- \(name)\n--\n-- Revision: \(name)\n-- Revises: \(parent)\n\n\(sections)\n",
      to: "migrations/versions/\(name).sql")
  }

  package func text(of name: String) throws -> String { try Files.text(at: Paths.resolve(name, in: path)) }

  /// Runs the command and waits for it.
  package func run(_ words: String, _ variables: [String: String] = [:]) throws -> ChildProcess {
    try start(words, variables).end()
  }

  /// Starts the command.
  package func start(_ words: String, _ variables: [String: String] = [:]) throws -> RunningProcess {
    try RunningProcess(
      "exec '\(metaxy)' \(words)",
      environment: variables.merging(["PATH": "/usr/bin:/bin", "HOME": path]) { own, _ in own }, directory: path)
  }
}
