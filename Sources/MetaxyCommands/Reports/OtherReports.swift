internal import MetaxyErrors
package import MetaxyFeatures

/// The files that `init` created.
package struct InitialiseReport: Report {
  /// A history that starts with the tables of a database.
  package struct Baseline: Sendable {
    package var environment: String
    package var revision: String
    package var path: String
    package var tables: [String]
    /// The revisions of Alembic's history, oldest first; empty for a history that starts with the baseline.
    package var history: [String] = []
    /// Whether the first revision makes the tables of the database, instead of the history itself.
    package var isBaseline = true
    /// Whether the file was written; false for a further database of a history.
    package var isWritten = true
    /// Why the history is not kept as it is.
    package var obstacles: [String] = []
    /// What Alembic could not render.
    package var notRendered: [String] = []
    /// The changes that the database got, because its system tables had another layout.
    package var conversions: [String]
    /// The differences between the database and the definitions.
    package var differences: [String]
    /// What the database has and the definitions lack.
    package var unmanaged: [String]
  }

  package var created: [String]
  package var kept: [String]
  package var changed: [String]
  package var baselines: [Baseline] = []

  package var json: JSONValue {
    let adopted: [JSONValue.Member] =
      baselines.isEmpty ? [] : [.init("baselines", .array(baselines.map(Self.json)))]
    return .object(
      [.init("created", .texts(created)), .init("kept", .texts(kept)), .init("changed", .texts(changed))] + adopted)
  }

  private static func json(_ baseline: Baseline) -> JSONValue {
    .object([
      .init("environment", .string(baseline.environment)), .init("revision", .string(baseline.revision)),
      .init("path", .string(baseline.path)), .init("tables", .texts(baseline.tables)),
      .init("history", .texts(baseline.history)), .init("is_baseline", .boolean(baseline.isBaseline)),
      .init("written", .boolean(baseline.isWritten)),
      .init("obstacles", .texts(baseline.obstacles)), .init("not_rendered", .texts(baseline.notRendered)),
      .init("conversions", .texts(baseline.conversions)), .init("differences", .texts(baseline.differences)),
      .init("unmanaged", .texts(baseline.unmanaged)),
    ])
  }

  package var text: String {
    (created.map { "created \($0)" } + changed.map { "changed \($0)" } + kept.map { "kept    \($0)" }
      + baselines.flatMap(Self.lines)).joined(separator: "\n")
  }

  private static func lines(_ baseline: Baseline) -> [String] {
    first(baseline) + baseline.obstacles.map { "  not the history itself: \($0)" }
      + baseline.notRendered.map { "  not rendered: \($0)" }
      + baseline.conversions.map { "  converted: \($0)" } + baseline.differences.map { "  different: \($0)" }
      + baseline.unmanaged.map { "  not managed: \($0)" }
  }
}

extension InitialiseReport {
  fileprivate static func first(_ baseline: Baseline) -> [String] {
    let count = Wording.count(baseline.history.count, "revision")
    guard baseline.isWritten else { return ["marked \(baseline.path) as applied"] }
    guard baseline.isBaseline else { return ["created \(baseline.path) and its ancestors, \(count) of Alembic"] }
    let first = ["created \(baseline.path), the baseline of \(baseline.tables.joined(separator: ", "))"]
    return first
      + (baseline.history.isEmpty
        ? [] : ["  \(count) of Alembic \(baseline.history.count == 1 ? "is" : "are") kept in `squashed`"])
  }

  /// Takes what a second run created or changed.
  mutating func take(_ other: InitialiseReport) {
    changed += other.changed.filter { !created.contains($0) && !changed.contains($0) }
    kept.removeAll { changed.contains($0) }
  }
}

/// The new revision; none if there were no changes.
package struct NewRevisionReport: Report {
  package var revision: String?
  package var path: String?
  package var operations: [String]
  /// The proofs, one for each dialect; nil if the revision was not proven.
  var proofs: [DialectProof]?

  package var json: JSONValue {
    .object([
      .init("revision", JSONValue(revision)), .init("path", JSONValue(path)), .init("operations", .texts(operations)),
      .init("verification", proofs.map { .array($0.map(\.json)) } ?? .null),
    ])
  }

  package var text: String {
    guard let path else { return "no changes detected, no file written" }
    return (["created \(path)"] + operations.map { "  \($0)" }).joined(separator: "\n")
  }
}

/// The revision files with added sections.
package struct RenderReport: Report {
  package var dialect: String
  package var paths: [String]
  /// The proofs of the files; nil if they were not proven.
  var verification: [VerifyReport.Item]?

  package var json: JSONValue {
    .object([
      .init("dialect", .string(dialect)), .init("paths", .texts(paths)),
      .init("verification", verification.map { .array($0.map(\.json)) } ?? .null),
    ])
  }

  package var text: String {
    guard !paths.isEmpty else { return "every revision has its sections for \(dialect)" }
    return paths.map { "added sections for \(dialect) to \($0)" }.joined(separator: "\n")
  }
}

/// The records that were computed again.
package struct RefoldReport: Report {
  package var paths: [String]

  package var json: JSONValue { .object([.init("paths", .texts(paths))]) }

  package var text: String {
    guard !paths.isEmpty else { return "every record was made on the present parents of its revision" }
    return paths.map { "computed \($0) again" }.joined(separator: "\n")
  }
}

/// One revision with its file's text.
package struct RevisionText: Report {
  package var item: RevisionItem
  package var source: String

  package var json: JSONValue {
    guard case .object(let members) = item.json else { return item.json }
    return .object(members + [.init("text", .string(source))])
  }

  package var text: String { "\(item.path)\(item.isCurrent == true ? " (current)" : "")\n\n\(source)" }
}

/// The revision files that were opened in an editor.
package struct EditReport: Report {
  package var paths: [String]

  package var json: JSONValue { .object([.init("paths", .texts(paths))]) }
  package var text: String { paths.map { "edited \($0)" }.joined(separator: "\n") }
}

/// The version and log tables, new ones and those that were there.
package struct VersionTablesReport: Report {
  package var created: [String]
  package var kept: [String]

  package var json: JSONValue { .object([.init("created", .texts(created)), .init("kept", .texts(kept))]) }

  package var text: String {
    (created.map { "created \($0)" } + kept.map { "kept    \($0)" }).joined(separator: "\n")
  }
}

/// The SQL that a database's administrator runs.
package struct ScriptReport: Report {
  package var dialect: String
  package var sql: String

  package var json: JSONValue { .object([.init("dialect", .string(dialect)), .init("sql", .string(sql))]) }
  package var text: String { sql }
}
