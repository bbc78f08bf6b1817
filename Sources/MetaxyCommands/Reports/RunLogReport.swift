package import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxyTime

/// The runs of revisions on a database, from its log.
package struct RunLogReport: Report {
  /// One run of a revision.
  package struct Run: Sendable {
    private let environment: String
    private let entry: RevisionLog.Entry

    init(_ entry: RevisionLog.Entry, environment: String) {
      self.entry = entry
      self.environment = environment
    }

    /// The duration in milliseconds; nil for a run that did not finish.
    private var milliseconds: Int? {
      guard let end = entry.finishedAt.flatMap({ Timestamp($0) }), let start = Timestamp(entry.startedAt) else {
        return nil
      }
      return Int((end.microseconds - start.microseconds) / 1000)
    }

    fileprivate var json: JSONValue {
      .object([
        .init("id", JSONValue(entry.id)), .init("environment", .string(environment)),
        .init("revision", .string(entry.revision)), .init("direction", .string(entry.direction)),
        .init("started_at", .string(entry.startedAt)), .init("finished_at", JSONValue(entry.finishedAt)),
        .init("milliseconds", milliseconds.map { JSONValue($0) } ?? .null), .init("run_by", JSONValue(entry.runBy)),
        .init("sections_done", JSONValue(entry.section)), .init("statements_done", JSONValue(entry.statement)),
        .init("position", JSONValue(entry.position)), .init("rows_changed", JSONValue(entry.rowsChanged)),
        .init("tables_created", .texts(entry.tablesCreated.sorted().map(\.reportText))),
        .init("tables_dropped", .texts(entry.tablesDropped.sorted().map(\.reportText))),
        .init("error", JSONValue(entry.error)), .init("snapshot_version", JSONValue(entry.snapshotVersion)),
        .init("tool_version", .string(entry.toolVersion)),
      ])
    }

    fileprivate var text: String {
      let duration = milliseconds.map { "\($0) ms" } ?? "did not finish"
      let author = entry.runBy ?? "unknown"
      let error = entry.error.map { error in
        "\n    error: " + error.split(separator: "\n").joined(separator: "\n      ")
      }
      return "\(entry.startedAt) UTC  \(entry.direction) \(entry.revision), \(duration), by \(author)\(error ?? "")"
    }
  }

  package var runs: [Run]

  package var json: JSONValue { .array(runs.map(\.json)) }
  package var text: String { runs.map(\.text).joined(separator: "\n") }
}
