import MetaxyErrors
import MetaxyTOML

/// Collects what is wrong with a configuration, so that all of it is told at once.
final class ConfigurationProblems {
  private var inFile: [Diagnostic] = []
  private var inVariables: [String] = []

  func report(_ diagnostics: [Diagnostic]) { inFile += diagnostics }

  /// Reports a problem of a variable; the message names it.
  func report(variable message: String) { inVariables.append(message) }

  /// Throws what was collected, if anything was.
  func throwAny(file: String) throws(MetaxyError) {
    guard !inFile.isEmpty || !inVariables.isEmpty else { return }
    throw .invalidConfiguration(
      file: file, inFile: inFile.sorted { $0.location < $1.location }, inVariables: inVariables)
  }
}
