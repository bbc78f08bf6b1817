package import MetaxyErrors

/// One result of a command at a place of a file, as services for continuous integration show it beside the line.
package struct Annotation: Sendable, Hashable {
  package enum Severity: String, Sendable, Hashable {
    case error, warning, note
  }

  /// The kind of a result.
  package struct Rule: Sendable, Hashable {
    /// Stable for programs: `difference`, `DS103`.
    package var code: String
    /// What results of this kind mean: one sentence.
    package var meaning: String
    /// The severity of such results, where nothing changes it.
    package var severity: Severity
    /// What to do about them; nil where each result has its own.
    package var help: String?

    package init(_ code: String, meaning: String, severity: Severity, help: String? = nil) {
      self.code = code
      self.meaning = meaning
      self.severity = severity
      self.help = help
    }
  }

  package var rule: Rule
  package var severity: Severity
  /// The result in a few words: `add_column video.fps`.
  package var title: String
  /// The result, and what to do about it.
  package var message: String
  /// The path, relative to the repository.
  package var file: String
  /// The line, from 1; nil for the whole file.
  package var line: Int?

  package init(
    _ severity: Severity, rule: Rule, title: String, message: String, file: String, line: Int? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.title = title
    self.message = message
    self.file = file
    self.line = line
  }
}

extension Annotation {
  /// A problem in a file that a command reads.
  package init(_ diagnostic: Diagnostic) {
    let severity = diagnostic.severity == .error ? Severity.error : .warning
    self.init(
      severity,
      rule: Rule("problem", meaning: "A file cannot be read as a definition.", severity: severity), title: "problem",
      message: diagnostic.message,
      file: diagnostic.location.file, line: diagnostic.location.line)
  }
}
