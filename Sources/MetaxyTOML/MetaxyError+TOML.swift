import MetaxyErrors

extension MetaxyError {
  static func invalidTOML(_ diagnostic: Diagnostic) -> MetaxyError {
    MetaxyError(
      Code("invalid_toml"), "`\(diagnostic.location.file)` is not valid TOML: \(diagnostic.message)",
      diagnostics: [diagnostic])
  }

  static func wrongType(_ diagnostic: Diagnostic) -> MetaxyError {
    MetaxyError(Code("wrong_type"), diagnostic.message, diagnostics: [diagnostic])
  }
}
