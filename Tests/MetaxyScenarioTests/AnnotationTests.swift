import MetaxyCommands
import MetaxyErrors
import Testing

/// Results in the formats of services for continuous integration.
@Suite struct AnnotationTests {
  private func annotation(
    _ severity: Annotation.Severity = .error, title: String = "t", message: String = "m", file: String = "a.swift",
    line: Int? = 3
  ) -> Annotation {
    Annotation(
      severity, rule: Annotation.Rule("c", meaning: "A kind.", severity: severity), title: title, message: message,
      file: file, line: line)
  }

  // https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
  @Test func aWorkflowCommandIsOneLine() {
    let text = GitHubAnnotations.text(of: [
      annotation(title: "a: b, c", message: "50%: a, b\r\nnext::error::", file: "x,y:z%.swift"),
      annotation(.warning, line: nil), annotation(.note),
    ])
    #expect(
      text == """
        ::error file=x%2Cy%3Az%25.swift,line=3,title=metaxy%3A a%3A b%2C c::50%25: a, b%0D%0Anext::error::
        ::warning file=a.swift,title=metaxy%3A t::m
        ::notice file=a.swift,line=3,title=metaxy%3A t::m
        """)
  }

  @Test func aProblemOfAFileIsAnnotated() {
    let diagnostic = Diagnostic("no such type", at: SourceLocation(file: "a.swift", line: 7, column: 2))
    let text = GitHubAnnotations.text(of: [Annotation(diagnostic)])
    #expect(text == "::error file=a.swift,line=7,title=metaxy%3A problem::no such type")
  }
}
