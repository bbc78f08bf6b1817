internal import ArgumentParser
internal import MetaxyCommands

/// The options of commands that can write a script instead of running.
struct ScriptOptions: ParsableArguments {
  @Flag(name: .customLong("sql"), help: "Print the SQL instead of running it; no database is needed.")
  var isOffline = false

  @Option(
    help: ArgumentHelp(
      "The dialect of the SQL, sqlite or postgresql; by default that of the store.", valueName: "dialect"))
  var dialect: String?

  func validate() throws {
    if dialect != nil, !isOffline { throw ValidationError("`--dialect` is for `--sql`") }
  }

  func request(_ range: String, allowsLoss: Bool = false) -> Commands.ScriptRequest {
    Commands.ScriptRequest(range: range, dialect: dialect, allowsLoss: allowsLoss)
  }
}
