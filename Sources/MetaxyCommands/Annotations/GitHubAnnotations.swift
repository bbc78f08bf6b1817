/// Results as workflow commands of GitHub Actions, which shows each beside its line.
///
/// ```
/// ::error file=Sources/Video.swift,line=10,title=metaxy%3A add_column video.fps::double, in no revision
/// ```
///
/// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
package enum GitHubAnnotations {
  package static func text(of annotations: [Annotation]) -> String {
    annotations.map(line).joined(separator: "\n")
  }

  private static func line(_ annotation: Annotation) -> String {
    let command = annotation.severity == .note ? "notice" : annotation.severity.rawValue
    let properties =
      [("file", annotation.file)] + (annotation.line.map { [("line", String($0))] } ?? [])
      + [("title", "metaxy: \(annotation.title)")]
    let list = properties.map { "\($0)=\(property($1))" }.joined(separator: ",")
    return "::\(command) \(list)::\(data(annotation.message))"
  }

  /// Escapes the text after the second `::`.
  private static func data(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      default: String(scalar)
      }
    }.joined()
  }

  /// Escapes the value of a property, where a colon and a comma have a meaning too.
  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
