import MetaxyErrors

extension MetaxyError {
  static func invalidTOML(_ diagnostic: Diagnostic) -> MetaxyError {
    MetaxyError(
      .invalidTOML, "`\(diagnostic.location.file)` is not valid TOML: \(diagnostic.message)",
      diagnostics: [diagnostic])
  }

  static func wrongType(_ diagnostic: Diagnostic) -> MetaxyError {
    MetaxyError(.wrongType, diagnostic.message, diagnostics: [diagnostic])
  }
}
