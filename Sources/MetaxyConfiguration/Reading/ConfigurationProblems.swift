import MetaxyErrors
import MetaxyTOML

/// Collects the problems of a configuration, so that all are reported at once.
final class ConfigurationProblems {
  private var inFile: [Diagnostic] = []
  private var inVariables: [String] = []

  func report(_ diagnostics: [Diagnostic]) { inFile += diagnostics }

  /// Reports a problem of a variable, which the message names.
  func report(variable message: String) { inVariables.append(message) }

  /// Throws the collected problems, if there are any.
  func throwAny(file: String) throws(MetaxyError) {
    guard !inFile.isEmpty || !inVariables.isEmpty else { return }
    throw .invalidConfiguration(
      file: file, inFile: inFile.sorted { $0.location < $1.location }, inVariables: inVariables)
  }
}
