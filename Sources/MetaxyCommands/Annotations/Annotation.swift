package import MetaxyErrors

/// One result of a command at a place of a file, as services for continuous integration show it beside the line.
package struct Annotation: Sendable, Hashable {
  package enum Severity: String, Sendable, Hashable {
    case error, warning, note
  }

  /// The kind of the result, stable for programs: `difference`.
  package var code: String
  /// What results of this kind mean: one sentence.
  package var meaning: String
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
    _ severity: Severity, code: String, meaning: String, title: String, message: String, file: String, line: Int? = nil
  ) {
    self.code = code
    self.meaning = meaning
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
    self.init(
      diagnostic.severity == .error ? .error : .warning, code: "problem",
      meaning: "A file cannot be read as a definition.", title: "problem", message: diagnostic.message,
      file: diagnostic.location.file, line: diagnostic.location.line)
  }
}
