internal import MetaxyConfiguration
import MetaxyErrors
internal import MetaxyMigrationErrors

extension MetaxyError {
  private static func invalidEntrypoint(_ message: String, hints: [Hint] = []) -> MetaxyError {
    MetaxyError(.invalidEntrypoints, message, hints: hints)
  }

  static func noEntrypoints(_ file: String) -> MetaxyError {
    invalidEntrypoint(
      "no entrypoints are set", hints: ["set `entrypoints = [\"Sources\"]` in `\(file)`, or `METAXY_ENTRYPOINTS`"])
  }

  static func entrypointMatchesNothing(_ text: String) -> MetaxyError {
    invalidEntrypoint("entrypoint `\(text)` matches no \(kind(of: text)) file")
  }

  static func entrypointIsNotSwift(_ text: String) -> MetaxyError {
    invalidEntrypoint("entrypoint `\(text)` is not a Swift, SQL or JSON file")
  }

  static func entrypointIsModule(_ text: String) -> MetaxyError {
    invalidEntrypoint(
      "entrypoint `\(text)` looks like a Python module",
      hints: [
        "write `python:\(text)` for the features and tables that it registers",
        "Metaxy for Python reads this list, too: add `entrypoints = [\"python:\(text)\"]` under [ext.migrations] instead",
        "other entrypoints are Swift files, directories of them, or globs: `Sources/*/Features/**/*.swift`",
      ])
  }

  static func entrypointLacksModule(_ text: String) -> MetaxyError {
    invalidEntrypoint(
      "entrypoint `\(text)` has no name of a module after `python:`", hints: ["write it as `python:package.module`"])
  }

  private static func kind(of text: String) -> String {
    text.hasSuffix(".sql") ? "SQL" : text.hasSuffix(".json") ? "JSON" : "Swift"
  }

  static func unclosedPattern(_ text: String) -> MetaxyError {
    invalidEntrypoint("entrypoint `\(text)` has a `[` without a `]`")
  }

  /// Returns one error for all failures, each with the location of its entrypoint.
  static func invalidEntrypoints(_ failures: [(entrypoint: Entrypoint, error: MetaxyError)]) -> MetaxyError {
    var hints: [Hint] = []
    for hint in failures.flatMap(\.error.hints) where !hints.contains(hint) { hints.append(hint) }
    let sentences = failures.map { "\($0.error.message) (set by \($0.entrypoint.origin.inWords))" }
    return MetaxyError(
      .invalidEntrypoints, sentences.joined(separator: "; "), hints: hints,
      diagnostics: failures.compactMap { failure in
        guard case .file(let location) = failure.entrypoint.origin else { return nil }
        return Diagnostic(.error, failure.error.message, at: location)
      })
  }
}

extension Origin {
  fileprivate var inWords: String {
    switch self {
    case .file(let location): "`\(location)`"
    case .variable(let name): "`\(name)`"
    }
  }
}
