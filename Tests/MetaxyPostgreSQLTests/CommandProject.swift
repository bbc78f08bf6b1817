import Foundation
import MetaxyTestSupport

/// A project whose store is a PostgreSQL database, and the built command on it.
final class CommandProject: Sendable {
  let scratch: ScratchDatabase
  private let project: BuiltProject

  init(_ sql: String = "", url: ((ScratchDatabase) -> String)? = nil) throws {
    scratch = try ScratchDatabase(sql)
    project = try BuiltProject(
      "[ext.migrations.stores.prod]\nurl = \"\(url?(scratch) ?? scratch.url)\"\nlock_timeout = \"200ms\"\n")
  }

  func revision(_ name: String, after parent: String = "", _ sections: String) throws {
    try project.revision(name, after: parent, sections)
  }

  /// Runs the command to its end.
  func run(_ words: String, killedAt statement: Int? = nil) throws -> ChildProcess {
    try project.run(words, statement.map { ["METAXY_TEST_KILL_AT_STATEMENT": String($0)] } ?? [:])
  }

  /// Runs the command, and sends it a signal while `isRunning` finds rows in the database.
  func run(_ words: String, ending signal: Int32, while isRunning: String) throws -> ChildProcess {
    Thread.detachNewThread { [self] in
      for _ in 0..<600 {
        if let rows = try? scratch.rows(isRunning), !rows.isEmpty { break }
        usleep(100_000)
      }
      guard let text = try? project.text(of: "pid"),
        let process = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
      else { return }
      kill(process, signal)
    }
    return try run(words)
  }
}
