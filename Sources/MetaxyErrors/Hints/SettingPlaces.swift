/// The tables of the configuration in texts, which name those of a `metaxy.toml`.
package enum SettingPlaces {
  /// Returns a text with the tables as a `pyproject.toml` has them: `[ext.migrations]` is `[tool.metaxy.ext.migrations]`.
  package static func inPyproject(_ text: String) -> String {
    guard text.contains("[ext.") || text.contains("[stores") || text.contains("`metaxy.toml`") else { return text }
    return text.replacing("[ext.", with: "[tool.metaxy.ext.").replacing("[stores.", with: "[tool.metaxy.stores.")
      .replacing("`metaxy.toml`", with: "`pyproject.toml`")
  }
}

extension MetaxyError {
  /// The same error about a project whose settings are in a `pyproject.toml`.
  var inPyproject: MetaxyError {
    var error = self
    error.message = SettingPlaces.inPyproject(message)
    error.diagnostics = diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.message = SettingPlaces.inPyproject(diagnostic.message)
      return diagnostic
    }
    return error
  }
}
