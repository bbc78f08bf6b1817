internal import ArgumentParser
internal import MetaxyDatabase
internal import MetaxyErrors

/// The entry point of the command.
package enum Program {
  /// Runs the command of `arguments`, prints its result, and exits with its code.
  package static func main(_ arguments: [String]) -> Never {
    Interruption.reportFailedWrites()
    do {
      var command = try parse(arguments)
      try command.run()
      MetaxyCommand.exit()
    } catch let refusal as MetaxyError {
      Terminal(isQuiet: false, after: arguments).report(refusal)
      MetaxyCommand.exit(withError: ExitCode(64))
    } catch {
      switch MetaxyCommand.exitCode(for: error) {
      case .success: answer(MetaxyCommand.fullMessage(for: error))
      case .validationFailure:
        Terminal(isQuiet: false, after: arguments).report(.wrongUsage(error))
        MetaxyCommand.exit(withError: ExitCode(64))
      default: MetaxyCommand.exit(withError: error)
      }
    }
  }

  /// Prints the help or the version.
  private static func answer(_ text: String) -> Never {
    do throws(MetaxyError) {
      try Terminal.answer(text + "\n")
      MetaxyCommand.exit()
    } catch {
      Terminal(isQuiet: false).report(error)
      MetaxyCommand.exit(withError: ExitCode(1))
    }
  }

  /// Returns the problem of `arguments`; nil if they are valid.
  package static func problem(with arguments: [String]) -> String? {
    do {
      _ = try parse(arguments)
      return nil
    } catch let refusal as MetaxyError {
      return refusal.message
    } catch {
      return MetaxyCommand.exitCode(for: error) == .success ? nil : MetaxyCommand.message(for: error)
    }
  }

  /// The commands with their arguments, as JSON of the argument parser.
  package static var helpDump: String { MetaxyCommand._dumpHelp() }

  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    let words = ArgumentNormaliser.arranged(arguments)
    if let refusal = UnsupportedArguments.refusal(of: words) { throw refusal }
    return try parsedAlone(words) ?? MetaxyCommand.parseAsRoot(words)
  }

  /// Parses the arguments of a command without the commands above it; nil if that fails, or if it asks for help, whose texts
  /// are those of the whole command line.
  ///
  /// From the root, the parser defines the arguments of a command four times, twice of them to match its name. That is most
  /// of the processor time of a short run in a debug build, where each definition is validated.
  private static func parsedAlone(_ words: [String]) -> (any ParsableCommand)? {
    var words = words[...]
    var command: any ParsableCommand.Type = MetaxyCommand.self
    while let word = words.first,
      let next = command.configuration.subcommands.first(where: { $0.configuration.commandName == word })
    {
      command = next
      words = words.dropFirst()
    }
    guard command.configuration.subcommands.isEmpty,
      // An error is found again, and described, from the root.
      let parsed = try? command.parseAsRoot(Array(words)), type(of: parsed) == command
    else { return nil }
    return parsed
  }
}
