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
  /// The rules of the findings, by their codes, for services.
  var rules: [String: Annotation.Rule] = [:]
  var paths: AnnotationPaths?

  package var errors: Int { count(.error) }
  package var warnings: Int { count(.warning) }

  private func count(_ severity: Finding.Severity) -> Int { findings.count { $0.severity == severity } }

  package var differs: Bool { isStrict ? !findings.isEmpty : errors + warnings > 0 }

  package var json: JSONValue {
    .object([
      .init("revisions", .texts(revisions)), .init("errors", JSONValue(errors)), .init("warnings", JSONValue(warnings)),
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
    let raised = errors == 0 ? "" : "\(Wording.count(errors, "error")), "
    return "\(raised)\(Wording.count(warnings, "warning")) and \(count(.advice)) advice in \(read)"
  }
}
