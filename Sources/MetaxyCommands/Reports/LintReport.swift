internal import MetaxyErrors
package import MetaxyFeatures

/// The findings of `metaxy lint`.
package struct LintReport: Report {
  /// The revisions that were read, oldest first.
  package var revisions: [String] = []
  package var findings: [Finding] = []
  /// Whether advice counts like a warning.
  package var isStrict = false

  /// Whether the pending revisions were read, rather than a range.
  var isPending = true

  package var warnings: Int { findings.count { $0.severity == .warning } }

  package var differs: Bool { isStrict ? !findings.isEmpty : warnings > 0 }

  package var json: JSONValue {
    .object([
      .init("revisions", .texts(revisions)), .init("warnings", JSONValue(warnings)),
      .init("findings", .array(findings.map(\.json))),
    ])
  }

  package var text: String { (findings.map(\.text) + [summary]).joined(separator: "\n") }

  package var line: String { summary }

  private var summary: String {
    guard !revisions.isEmpty else {
      return "nothing to lint: \(isPending ? "no revision is pending" : "there is no revision in the range")"
    }
    let read = Wording.count(revisions.count, "revision")
    guard !findings.isEmpty else { return "no findings in \(read)" }
    return "\(Wording.count(warnings, "warning")) and \(findings.count - warnings) advice in \(read)"
  }
}
