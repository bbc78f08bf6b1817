extension LintReport {
  package var annotations: [Annotation] { findings.map(annotation) }

  private func annotation(_ finding: Finding) -> Annotation {
    let severity = Annotation.Severity(finding.severity)
    let ownRule = Annotation.Rule(finding.code, meaning: finding.sentence, severity: severity)
    return Annotation(
      severity, rule: rules[finding.code] ?? ownRule,
      title: "\(finding.code) (\(finding.engine))", message: "\(finding.sentence); instead: \(finding.alternative)",
      file: paths?.path(finding.file) ?? finding.file, line: finding.line)
  }
}

extension Annotation.Severity {
  fileprivate init(_ severity: Finding.Severity) {
    self =
      switch severity {
      case .error: .error
      case .warning: .warning
      case .advice: .note
      }
  }
}
