public import MetaxyFeatures

/// Where every store and environment stands.
public struct StatusReport: Report {
  public struct Part: Sendable {
    public var environment: String
    public var directory: String
    public var versionTable: String
    public var current: [String]
    public var heads: [String]
    public var pending: [String]
    public var differences: Int
    public var lastRun: LastRun?
  }

  public struct LastRun: Sendable {
    public var revision: String
    public var direction: String
    public var startedAt: String
    public var finishedAt: String?
    public var error: String?
  }

  public struct Store: Sendable {
    public var name: String
    public var database: String
    public var parts: [Part]
    /// Why the store could not be looked at.
    public var error: String?
  }

  public var stores: [Store]

  public var json: JSONValue { .object([.init("stores", .array(stores.map(Self.json)))]) }

  private static func json(of store: Store) -> JSONValue {
    .object([
      .init("store", .string(store.name)), .init("database", .string(store.database)),
      .init("environments", .array(store.parts.map(json))), .init("error", JSONValue(store.error)),
    ])
  }

  private static func json(of part: Part) -> JSONValue {
    .object([
      .init("environment", .string(part.environment)), .init("directory", .string(part.directory)),
      .init("version_table", .string(part.versionTable)), .init("current", .texts(part.current)),
      .init("heads", .texts(part.heads)), .init("pending", .texts(part.pending)),
      .init("differences", JSONValue(part.differences)),
      .init("last_run", part.lastRun.map(json) ?? .null),
    ])
  }

  private static func json(of run: LastRun) -> JSONValue {
    .object([
      .init("revision", .string(run.revision)), .init("direction", .string(run.direction)),
      .init("started_at", .string(run.startedAt)), .init("finished_at", JSONValue(run.finishedAt)),
      .init("error", JSONValue(run.error)),
    ])
  }

  public var text: String {
    stores.map { store in
      let title = "store \(store.name) (\(store.database))"
      if let error = store.error { return "\(title)\n  \(error)" }
      return ([title] + store.parts.map(text)).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func text(of part: Part) -> String {
    func shown(_ revisions: [String], _ none: String) -> String {
      revisions.isEmpty ? none : revisions.joined(separator: ", ")
    }
    var lines = [
      "  \(part.environment) (\(part.directory))",
      "    current:     \(shown(part.current, "base"))",
      "    heads:       \(shown(part.heads, "none"))",
      "    pending:     \(shown(part.pending, "none"))",
      "    differences: \(part.differences)",
    ]
    if let run = part.lastRun {
      let end = run.error.map { "failed: \($0)" } ?? run.finishedAt.map { "finished \($0) UTC" } ?? "did not finish"
      lines.append("    last run:    \(run.direction) \(run.revision), \(end)")
    }
    return lines.joined(separator: "\n")
  }
}
