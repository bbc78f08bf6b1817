internal import ArgumentParser

/// The program.
package enum Program {
  /// Runs the command that `arguments` name, prints its answer, and ends the process with its exit code.
  package static func main(_ arguments: [String]) -> Never {
    let words = ArgumentNormaliser.arranged(arguments)
    if let refusal = UnsupportedArguments.refusal(of: words) {
      Terminal(isQuiet: false).report(refusal)
      MetaxyCommand.exit(withError: ExitCode(64))
    }
    do {
      var command = try MetaxyCommand.parseAsRoot(words)
      try command.run()
      MetaxyCommand.exit()
    } catch {
      MetaxyCommand.exit(withError: error)
    }
  }
}
