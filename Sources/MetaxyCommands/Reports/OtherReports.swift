package import MetaxyFeatures

/// The files that `init` created.
package struct InitialiseReport: Report {
  package var created: [String]
  package var kept: [String]
  package var changed: [String]

  package var json: JSONValue {
    .object([
      .init("created", .texts(created)), .init("kept", .texts(kept)), .init("changed", .texts(changed)),
    ])
  }

  package var text: String {
    (created.map { "created \($0)" } + changed.map { "changed \($0)" } + kept.map { "kept    \($0)" })
      .joined(separator: "\n")
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
