import MetaxyErrors

extension MetaxyError {
  static func invalidJSON(_ problem: String, at place: SourceLocation, sourceLine: String?) -> MetaxyError {
    MetaxyError(
      .invalidJSON,
      "`\(place.file)` is not JSON: \(problem) at line \(place.line), column \(place.column)",
      diagnostics: [Diagnostic(.error, problem, at: place, sourceLine: sourceLine)])
  }
}
