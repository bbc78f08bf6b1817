internal import ArgumentParser

/// The entry point of the command.
package enum Program {
  /// Runs the command of `arguments`, prints its result, and exits with its code.
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
