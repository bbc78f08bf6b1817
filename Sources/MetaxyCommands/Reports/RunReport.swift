public import MetaxyFeatures
public import MetaxyRuntime

/// What an upgrade, a downgrade or a stamp did.
public struct RunReport: Report {
  /// What happened in one environment.
  public struct Part: Sendable {
    public var environment: String
    public var from: [String]
    public var to: [String]
    public var applied: [AppliedRevision]
  }

  public var parts: [Part]
  /// Said when nothing was run.
  var idleText: String

  public var json: JSONValue {
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

  public var text: String {
    parts.map { part in
      let place = part.to.isEmpty ? "base" : part.to.joined(separator: ", ")
      let what =
        part.applied.isEmpty
        ? idleText : "\(part.applied.count) \(part.applied.count == 1 ? "revision" : "revisions") run"
      return "\(part.environment): \(what), now at \(place)"
    }.joined(separator: "\n")
  }
}
