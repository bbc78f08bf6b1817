internal import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyRevisions
internal import MetaxyRuntime

/// What is wrong between a database, its log and the revision files.
package struct RepairReport: Report {
  /// An applied revision whose file was edited since.
  package struct Edit: Sendable {
    package var revision: String
    package var path: String
    /// The lines that differ from the text in the log, as `diff -u` prints them.
    package var difference: [String]
    let hints: [Hint]

    init(_ edit: EditedRevision, in environment: EnvironmentContext) throws(MetaxyError) {
      revision = edit.file.revision
      path = edit.file.path
      difference = try edit.difference(in: environment)
      hints = [
        "\(.repair(revision, .restore)) undoes the edit: the file takes the text of the log",
        "\(.repair(revision, .accept)) keeps it: the log takes the text of the file, and nothing runs",
      ].map { (hint: Hint) in hint.completed(for: environment.invocation) }
    }

    fileprivate var json: JSONValue {
      .object([
        .init("revision", .string(revision)), .init("path", .string(path)), .init("difference", .texts(difference)),
      ])
    }

    fileprivate var text: String {
      ([
        "edited: `\(revision)` (\(path)) differs from what was applied", "  --- the log", "  +++ \(path)",
      ] + difference.map { "  \($0)" } + hints.map { "  \($0)" }).joined(separator: "\n")
    }
  }

  package var environment: String
  package var halfApplied: HalfAppliedItem?
  package var edited: [Edit] = []
  package var unknown: [UnknownVersion] = []

  init(environment: String) { self.environment = environment }

  /// The part about one revision.
  func only(_ revision: String) -> RepairReport {
    var report = self
    if halfApplied?.revision != revision { report.halfApplied = nil }
    report.edited = edited.filter { $0.revision == revision }
    report.unknown = unknown.filter { $0.revision == revision }
    return report
  }

  package var json: JSONValue {
    .object([
      .init("environment", .string(environment)), .init("half_applied", halfApplied?.json ?? .null),
      .init("edited", .array(edited.map(\.json))), .init("unknown", .array(unknown.map(\.json))),
    ])
  }

  package var text: String {
    let parts =
      [halfApplied?.text].compactMap(\.self) + edited.map(\.text)
      + unknown.map { ([$0.line] + $0.hints.map { "  \($0)" }).joined(separator: "\n") }
    return parts.isEmpty ? "nothing to repair" : parts.joined(separator: "\n\n")
  }
}

/// What a repair did.
package struct RepairedReport: Report {
  package enum Action: String, Sendable {
    case accepted, restored, none
  }

  package var revision: String
  package var path: String
  package var action: Action

  package var json: JSONValue {
    .object([
      .init("revision", .string(revision)), .init("path", .string(path)), .init("action", .string(action.rawValue)),
    ])
  }

  package var text: String {
    switch action {
    case .accepted: "accepted \(path): the log has its text now"
    case .restored: "restored \(path) from the log"
    case .none: "nothing to repair: \(path) has the text that the log has"
    }
  }
}
