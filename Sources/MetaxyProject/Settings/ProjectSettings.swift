internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyTOML

/// The settings that only the command reads.
struct ProjectSettings: Sendable {
  var entrypoints: [Entrypoint] = []
  var migrations = MigrationSettings()
  /// Warnings about the configuration, one sentence each.
  var warnings: [String] = []

  /// Reads the whole configuration: what programs read, and these settings.
  ///
  /// - Parameter usesVariables: whether the `METAXY_*` variables of `environment` are also settings.
  /// - Throws: `invalid_toml`, or `invalid_configuration` with all problems.
  static func read(
    _ file: ConfigurationFile, _ text: String, environment: [String: String], usesVariables: Bool = true
  ) throws(MetaxyError) -> (configuration: Configuration, settings: ProjectSettings) {
    var settings = ProjectSettings()
    let variables = EntrypointVariables(usesVariables ? environment : [:])
    let configuration = try ConfigurationReader.read(
      file, text, environment: environment, usesVariables: usesVariables
    ) { root, migrations in
      // Also where variables replace them, for their problems.
      let written = Self.entrypoints(in: root)
      // With a list of our own, the shared one and its variables name Python's modules.
      let own = migrations.flatMap { $0.isSet("entrypoints") ? Self.entrypoints(in: $0) : nil }
      settings.entrypoints = own ?? variables.entrypoints ?? written
      if let migrations { settings.migrations = MigrationSettings(migrations, in: file.directory) }
    }
    settings.migrations.finishDialects(configuration)
    return (configuration, settings)
  }

  private static func entrypoints(in section: SettingsSection) -> [Entrypoint] {
    let written = section.strings("entrypoints") ?? []
    if case .variable(let name)? = section.origin(of: "entrypoints") {
      return written.map { Entrypoint(text: $0, origin: .variable(name)) }
    }
    guard case .array(let values)? = section.table?["entrypoints"]?.value.content, values.count == written.count else {
      return []
    }
    return zip(written, values).map { Entrypoint(text: $0, origin: .file($1.location)) }
  }
}
