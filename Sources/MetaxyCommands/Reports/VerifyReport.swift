internal import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyRevisions

/// The proofs of revisions.
package struct VerifyReport: Report {
  /// The proofs of one revision, one for each dialect.
  package struct Item: Sendable {
    let revision: String
    let path: String
    let proofs: [DialectProof]

    init(_ file: RevisionFile, _ proofs: [DialectProof]) {
      revision = file.revision
      path = file.path
      self.proofs = proofs
    }

    var json: JSONValue {
      .object([
        .init("revision", .string(revision)), .init("path", .string(path)),
        .init("dialects", .array(proofs.map(\.json))),
      ])
    }
  }

  var items: [Item] = []

  package var differs: Bool { items.contains { $0.proofs.contains { !$0.differences.isEmpty } } }

  package var json: JSONValue {
    .object([
      .init("verified", .boolean(items.allSatisfy { $0.proofs.allSatisfy(\.isProven) })),
      .init("revisions", .array(items.map(\.json))),
    ])
  }

  package var text: String {
    guard !items.isEmpty else { return "there are no revisions to verify" }
    return items.flatMap { item in
      ["\(item.path): \(item.proofs.map(\.text).joined(separator: ", "))"] + item.proofs.flatMap(\.differenceLines)
    }.joined(separator: "\n")
  }
}

extension DialectProof {
  var isProven: Bool { if case .proven = outcome { true } else { false } }

  /// The result in a few words: `sqlite 3.40 schema+rows`.
  var text: String {
    let engine = [dialect, version].compactMap(\.self).joined(separator: " ")
    let lost = losses.isEmpty ? "" : " without \(losses.joined(separator: ", "))"
    switch outcome {
    case .proven(.kept): return "\(engine) schema+rows\(lost)"
    case .proven(.none(let reason)): return "\(engine) schema\(lost) (\(reason))"
    case .notVerified(let reason): return "\(dialect) not verified: \(reason)"
    case .differs: return "\(engine) differs"
    }
  }

  var differenceLines: [String] {
    differences.map { "  \(dialect), after the \($0.stage.rawValue): \($0.text)" }
  }

  var json: JSONValue {
    let result =
      switch outcome {
      case .proven(.kept): "schema+rows"
      case .proven: "schema"
      case .notVerified: "not verified"
      case .differs: "differs"
      }
    var why = reason
    if case .proven(.none(let reason)) = outcome { why = reason }
    return .object([
      .init("dialect", .string(dialect)), .init("version", JSONValue(version)), .init("result", .string(result)),
      .init("reason", JSONValue(why)), .init("lossy", .texts(losses)),
      .init(
        "differences",
        .array(
          differences.map {
            .object([.init("after", .string($0.stage.rawValue)), .init("difference", .string($0.text))])
          })),
    ])
  }
}
