internal import MetaxyFeatures

/// What a check found at a place of a revision file.
package struct Finding: Sendable, Hashable {
  package enum Severity: String, Sendable, Hashable {
    /// Fails the command; only where the project raises the rule.
    case error
    /// Fails the command.
    case warning
    /// Is listed, and fails the command only with `--strict`.
    case advice
  }

  /// The stable code: `PG101`.
  package var code: String
  package var severity: Severity
  package var environment: String
  package var revision: String
  /// `upgrade` or `downgrade`.
  package var direction: String
  /// The path of the file for display.
  package var file: String
  package var line: Int
  /// The dialect on which it happens: `postgresql`.
  package var engine: String
  /// What is wrong, without a full stop.
  package var sentence: String
  /// The safe alternative.
  package var alternative: String

  var json: JSONValue {
    .object([
      .init("code", .string(code)), .init("severity", .string(severity.rawValue)),
      .init("environment", .string(environment)), .init("revision", .string(revision)),
      .init("direction", .string(direction)), .init("file", .string(file)), .init("line", JSONValue(line)),
      .init("engine", .string(engine)), .init("sentence", .string(sentence)),
      .init("alternative", .string(alternative)),
    ])
  }

  var text: String {
    "\(file):\(line): \(severity.rawValue): \(code) (\(engine)): \(sentence)\n  instead: \(alternative)"
  }
}
