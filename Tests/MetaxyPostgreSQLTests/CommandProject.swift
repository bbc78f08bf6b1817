import Foundation
import MetaxyTestSupport

/// A project whose store is a PostgreSQL database, and the built command on it.
final class CommandProject: Sendable {
  let scratch: ScratchDatabase
  private let directory: String
  private let metaxy: String

  init(_ sql: String = "", url: ((ScratchDatabase) -> String)? = nil) throws {
    scratch = try ScratchDatabase(sql)
    metaxy = try BuiltProgram.directory(of: "metaxy") + "/metaxy"
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("metaxy-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: "\(directory)/migrations/versions", withIntermediateDirectories: true)
    try write(
      "[ext.migrations.stores.prod]\nurl = \"\(url?(scratch) ?? scratch.url)\"\nlock_timeout = \"200ms\"\n",
      to: "metaxy.toml")
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  private func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(directory)/\(name)", atomically: true, encoding: .utf8)
  }

  func revision(_ name: String, after parent: String = "", _ sections: String) throws {
    try write(
      "-- \(name)\n--\n-- Revision: \(name)\n-- Revises: \(parent)\n\n\(sections)\n",
      to: "migrations/versions/\(name).sql")
  }

  /// Runs the command to its end.
  func run(_ words: String, killedAt statement: Int? = nil) throws -> ChildProcess {
    let output = try TemporaryDirectory()
    var variables = ["PATH": "/usr/bin:/bin", "HOME": directory]
    if let statement { variables["METAXY_TEST_KILL_AT_STATEMENT"] = String(statement) }
    return try ChildProcess(
      "echo $$ >pid; exec '\(metaxy)' \(words)", environment: variables, directory: directory, scratch: output.path)
  }

  /// Runs the command, and sends it a signal while `isRunning` finds rows in the database.
  func run(_ words: String, ending signal: Int32, while isRunning: String) throws -> ChildProcess {
    Thread.detachNewThread { [self] in
      for _ in 0..<600 {
        if let rows = try? scratch.rows(isRunning), !rows.isEmpty { break }
        usleep(100_000)
      }
      guard let text = try? String(contentsOfFile: "\(directory)/pid", encoding: .utf8),
        let process = Int32(text.trimmed)
      else { return }
      kill(process, signal)
    }
    return try run(words)
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
