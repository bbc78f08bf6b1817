internal import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

/// What an upgrade or a downgrade would run.
package struct DryRunReport: Report {
  /// What it would run in one environment.
  struct Part: Sendable {
    let environment: String
    let from: [String]
    let to: [String]
    let steps: [Step]
    /// Why nothing of it would run; nil if it would.
    var refusal: MetaxyError?
  }

  struct Step: Sendable {
    let revision: String
    let direction: String
    let message: String
    let statements: Int
    let path: String
  }

  var parts: [Part]

  package var differs: Bool { parts.contains { $0.refusal != nil } }

  package var json: JSONValue {
    .object([
      .init("from", .texts(parts.flatMap(\.from))), .init("to", .texts(parts.flatMap(\.to))),
      .init("steps", .array(parts.flatMap { part in part.steps.map { Self.json(of: $0, part) } })),
      .init(
        "refused",
        .array(
          parts.compactMap { part in
            part.refusal.map { refusal in
              .object([
                .init("environment", .string(part.environment)), .init("code", .string(refusal.code.rawValue)),
                .init("message", .string(refusal.message)),
              ])
            }
          })),
    ])
  }

  private static func json(of step: Step, _ part: Part) -> JSONValue {
    .object([
      .init("revision", .string(step.revision)), .init("direction", .string(step.direction)),
      .init("message", .string(step.message)), .init("statements", JSONValue(step.statements)),
      .init("path", .string(step.path)), .init("environment", .string(part.environment)),
    ])
  }

  package var line: String {
    parts.map { part in
      text(of: part).prefix { $0 != "\n" } + (part.refusal.map { ", refused: \($0.message)" } ?? "")
    }.joined(separator: "; ").replacing("\n", with: " ")
  }

  package var text: String { parts.map(text).joined(separator: "\n") }

  private func text(of part: Part) -> String {
    let place = part.to.isEmpty ? "base" : part.to.joined(separator: ", ")
    guard !part.steps.isEmpty else { return "\(part.environment): nothing to do, at \(place)" }
    var lines = ["\(part.environment): would run \(Wording.count(part.steps.count, "revision")), to \(place)"]
    lines += part.steps.map { step in
      "  \(step.direction) \(step.revision) \(step.message) (\(Wording.count(step.statements, "statement")), \(step.path))"
    }
    if let refusal = part.refusal {
      lines.append("refused: \(refusal.message)")
      lines += refusal.allHints.map { "hint: \($0)" }
    }
    return lines.joined(separator: "\n")
  }
}

extension DryRunReport.Part {
  init(_ environment: EnvironmentContext, _ plan: RevisionPlan, _ steps: [RunStep]) {
    let dialect = environment.dialect.name
    self.environment = environment.kind.rawValue
    from = plan.from
    to = plan.to
    self.steps = steps.map { step in
      DryRunReport.Step(
        revision: step.file.revision, direction: step.direction.rawValue, message: step.file.message,
        statements: step.file.sections(step.direction, dialect: dialect).reduce(0) { $0 + $1.statements.count },
        path: step.file.path)
    }
  }
}
