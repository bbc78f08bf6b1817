internal import ArgumentParser

/// The program.
public enum Program {
  /// Runs the command that `arguments` name, prints its answer, and ends the process with its exit code.
  public static func main(_ arguments: [String]) -> Never {
    do {
      var command = try MetaxyCommand.parseAsRoot(CommandWords.arranged(arguments))
      try command.run()
      MetaxyCommand.exit()
    } catch {
      MetaxyCommand.exit(withError: error)
    }
  }
}
