internal import MetaxyErrors
package import MetaxyFeatures
package import MetaxyRuntime

/// The result of an upgrade, a downgrade or a stamp.
package struct RunReport: Report {
  /// The result in one environment.
  package struct Part: Sendable {
    package var environment: String
    package var from: [String]
    package var to: [String]
    package var applied: [AppliedRevision]
  }

  package var parts: [Part]
  /// The text if nothing was run.
  var idleText: String

  package var json: JSONValue {
    .object([
      .init("from", .texts(parts.flatMap(\.from))), .init("to", .texts(parts.flatMap(\.to))),
      .init("applied", .array(parts.flatMap { part in part.applied.map { Self.json(of: $0, part) } })),
    ])
  }

  private static func json(of applied: AppliedRevision, _ part: Part) -> JSONValue {
    .object([
      .init("revision", .string(applied.revision)), .init("direction", .string(applied.direction)),
      .init("milliseconds", JSONValue(applied.milliseconds)), .init("statements", JSONValue(applied.statements)),
      .init("environment", .string(part.environment)),
    ])
  }

  package var text: String {
    parts.map { part in
      let place = part.to.isEmpty ? "base" : part.to.joined(separator: ", ")
      let what =
        part.applied.isEmpty
        ? idleText : "\(Wording.count(part.applied.count, "revision")) run"
      return "\(part.environment): \(what), now at \(place)"
    }.joined(separator: "\n")
  }
}
