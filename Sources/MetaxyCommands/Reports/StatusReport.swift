package import MetaxyFeatures

/// The state of every store and environment.
package struct StatusReport: Report {
  package struct Part: Sendable {
    package var environment: String
    package var directory: String
    package var versionTable: String
    package var current: [String]
    package var heads: [String]
    package var pending: [String]
    /// The pending revisions that the database has already passed.
    package var inserted: [InsertedItem]
    package var differences: Int
    package var lastRun: LastRun?
    /// The revision that is partially applied; nil if none is.
    package var halfApplied: HalfAppliedItem?
    /// The rows of the version table without a revision file.
    package var unknown: [UnknownVersion] = []
    /// The applied revisions whose files were edited since.
    package var edited: [String] = []
  }

  package struct LastRun: Sendable {
    package var revision: String
    package var direction: String
    package var startedAt: String
    package var finishedAt: String?
    package var error: String?
  }

  package struct Store: Sendable {
    package var name: String
    package var database: String
    package var parts: [Part]
    /// The rows of the features; nil if they were not counted.
    package var features: [FeatureRows]?
    /// Why the state of the store is unknown.
    package var error: String?
  }

  package var stores: [Store]

  package var json: JSONValue { .object([.init("stores", .array(stores.map(Self.json)))]) }

  private static func json(of store: Store) -> JSONValue {
    .object(
      [
        .init("store", .string(store.name)), .init("database", .string(store.database)),
        .init("environments", .array(store.parts.map(json))), .init("error", JSONValue(store.error)),
      ] + (store.features.map { [.init("features", .array($0.map(\.json)))] } ?? []))
  }

  private static func json(of part: Part) -> JSONValue {
    .object([
      .init("environment", .string(part.environment)), .init("directory", .string(part.directory)),
      .init("version_table", .string(part.versionTable)), .init("current", .texts(part.current)),
      .init("heads", .texts(part.heads)), .init("pending", .texts(part.pending)),
      .init("out_of_order", .array(part.inserted.map(\.json))),
      .init("differences", JSONValue(part.differences)),
      .init("last_run", part.lastRun.map(json) ?? .null), .init("half_applied", part.halfApplied?.json ?? .null),
      .init("unknown", .array(part.unknown.map(\.json))), .init("edited", .texts(part.edited)),
    ])
  }

  private static func json(of run: LastRun) -> JSONValue {
    .object([
      .init("revision", .string(run.revision)), .init("direction", .string(run.direction)),
      .init("started_at", .string(run.startedAt)), .init("finished_at", JSONValue(run.finishedAt)),
      .init("error", JSONValue(run.error)),
    ])
  }

  package var text: String {
    (halfApplied
      + stores.map { store in
        let title = "store \(store.name) (\(store.database))"
        if let error = store.error { return "\(title)\n  \(error)" }
        let rows = store.features.map { $0.isEmpty ? ["  rows: no features"] : ["  rows"] + $0.flatMap(\.lines) } ?? []
        return ([title] + store.parts.map(text) + rows).joined(separator: "\n")
      }).joined(separator: "\n")
  }

  /// What must not be overlooked comes first.
  private var halfApplied: [String] {
    stores.flatMap { store in
      store.parts.compactMap { part in
        part.halfApplied.map { "\($0.line) (store \(store.name), \(part.environment))" }
      }
    }
  }

  private func text(of part: Part) -> String {
    func displayText(_ revisions: [String], _ none: String) -> String {
      revisions.isEmpty ? none : revisions.joined(separator: ", ")
    }
    var lines = [
      "  \(part.environment) (\(part.directory))",
      "    current:     \(displayText(part.current, "base"))",
      "    heads:       \(displayText(part.heads, "none"))",
      "    pending:     \(displayText(part.pending, "none"))",
      "    differences: \(part.differences)",
    ]
    lines += part.inserted.lines.map { "    \($0)" }
    if !part.edited.isEmpty { lines.append("    edited:      \(part.edited.joined(separator: ", "))") }
    for version in part.unknown {
      lines.append("    \(version.line)")
      lines += version.hints.map { "      hint: \($0)" }
    }
    if let run = part.lastRun {
      let end = run.error.map { "failed: \($0)" } ?? run.finishedAt.map { "finished \($0) UTC" } ?? "did not finish"
      lines.append("    last run:    \(run.direction) \(run.revision), \(end)")
    }
    return lines.joined(separator: "\n")
  }
}
