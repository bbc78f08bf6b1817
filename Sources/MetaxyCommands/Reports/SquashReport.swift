internal import MetaxyErrors
package import MetaxyFeatures

/// The baseline that replaced revisions.
package struct SquashReport: Report {
  /// What it does on one dialect.
  package struct Part: Sendable {
    package var dialect: String
    /// Whether it creates the final tables at once, rather than running the statements of the revisions.
    package var isFolded: Bool
    /// The revisions with statements that were written by hand.
    package var ownStatements: [String]
    /// Whether a run in a scratch database showed that it leaves the same.
    package var isProven: Bool
  }

  package var revision: String
  package var path: String
  package var replaced: [String]
  package var parts: [Part] = []

  package var json: JSONValue {
    .object([
      .init("revision", .string(revision)), .init("path", .string(path)), .init("replaces", .texts(replaced)),
      .init("dialects", .array(parts.map(Self.json))),
    ])
  }

  private static func json(of part: Part) -> JSONValue {
    .object([
      .init("dialect", .string(part.dialect)), .init("folded", .boolean(part.isFolded)),
      .init("carried_over", .texts(part.isFolded ? [] : part.ownStatements)), .init("proven", .boolean(part.isProven)),
    ])
  }

  package var text: String {
    let count = Wording.count(replaced.count + 1, "revision")
    return (["\(path) is the baseline of \(count) now"] + parts.map(text)).joined(separator: "\n")
  }

  private func text(_ part: Part) -> String {
    let proof =
      part.isProven ? "equal in a scratch database" : "not tried out: there is no scratch database for revisions"
    guard !part.isFolded else { return "  \(part.dialect): the final tables, \(proof)" }
    let own = part.ownStatements
    let reason = own.isEmpty ? "" : " with those written by hand in \(own.joined(separator: ", "))"
    return "  \(part.dialect): all statements\(reason), \(proof)"
  }
}
