import MetaxyTestSupport

/// A project whose store is a PostgreSQL database, and the built command on it.
final class CommandProject: Sendable {
  let scratch: ScratchDatabase
  private let project: BuiltProject

  init(
    _ sql: String = "", lockTimeout: String = "5min", url: ((ScratchDatabase) -> String)? = nil
  ) throws {
    scratch = try ScratchDatabase(sql)
    project = try BuiltProject(
      "[ext.migrations.stores.prod]\nurl = \"\(url?(scratch) ?? scratch.url)\"\nlock_timeout = \"\(lockTimeout)\"\n")
  }

  func revision(_ name: String, after parent: String = "", _ sections: String) throws {
    try project.revision(name, after: parent, sections)
  }

  /// Runs the command to its end.
  func run(_ words: String, killedAt statement: Int? = nil) throws -> ChildProcess {
    try project.run(words, statement.map { ["METAXY_TEST_KILL_AT_STATEMENT": String($0)] } ?? [:])
  }

  /// Starts the command.
  func start(_ words: String) throws -> RunningProcess { try project.start(words) }

  /// Runs the command, and sends it a signal once `isRunning` finds rows in the database.
  func run(_ words: String, ending signal: Int32, while isRunning: String) throws -> ChildProcess {
    let run = try start(words)
    try run.waitUntil("the run is where the signal is to meet it") { try scratch.rows(isRunning) != [] }
    try run.send(signal)
    return try run.end()
  }
}
