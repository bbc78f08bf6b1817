internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyTOML

extension MigrationSettings {
  /// Reads the section; problems are reported to it.
  ///
  /// - Parameter root: the directory of the configuration file.
  init(_ section: SettingsSection, in root: String) {
    directory = section.path("directory") ?? directory
    systemDirectory = section.path("system_directory") ?? systemDirectory
    if Paths.resolve(directory, in: root) == Paths.resolve(systemDirectory, in: root) {
      section.report("directory", "`directory` and `system_directory` must be different directories")
    }
    dialects = Self.dialects(in: section)
    ignore = section.strings("ignore") ?? []
    unmanagedTables = section.choice("unmanaged_tables") ?? .ignore
    registry = section.swiftFile("registry")
    registryImports = section.moduleNames("registry_imports")
    python = section.path("python")
    scratchURL = section.url("scratch_url", relativeTo: root)
    fileTemplate = section.string("file_template")
    timezone = section.string("timezone")
    postWriteHooks = Self.hooks(in: section)
    readVersionTables(section)
  }

  /// Sets the dialects to those of the stores if there is no list.
  mutating func finishDialects(_ configuration: Configuration) {
    guard dialects.isEmpty else { return }
    let unset = configuration.unusableStores.values.compactMap(\.dialect)
    let used = Set(configuration.stores.map(\.url.dialect) + unset)
    dialects = StoreDialect.allCases.filter(used.contains)
  }

  private static func dialects(in section: SettingsSection) -> [StoreDialect] {
    guard let names = section.strings("dialects") else { return [] }
    if names.isEmpty { section.report("dialects", "`dialects` must list at least one dialect") }
    var dialects: [StoreDialect] = []
    for name in names {
      if let dialect = StoreDialect(rawValue: name) {
        if !dialects.contains(dialect) { dialects.append(dialect) }
      } else {
        section.report("dialects", "unknown dialect `\(name)`: there are `sqlite` and `postgresql`")
      }
    }
    return dialects
  }

  private mutating func readVersionTables(_ section: SettingsSection) {
    versionTable = section.tableName("version_table")
    systemVersionTable = section.tableName("system_version_table")
    let user = versionTable ?? EnvironmentKind.user.defaultVersionTable
    let system = systemVersionTable ?? EnvironmentKind.system.defaultVersionTable
    let taken = [user, user + VersionTableName.logSuffix].map { $0.lowercased() }
    let others = [system, system + VersionTableName.logSuffix].map { $0.lowercased() }
    guard taken.contains(where: others.contains) else { return }
    let key = versionTable == nil ? "system_version_table" : "version_table"
    section.report(key, "the environments must not share a version table or its log, found `\(user)` and `\(system)`")
  }

  /// Reads the hooks: each is a command line, or a table with `name`, `executable` and `options` as in Alembic's `exec`
  /// hooks.
  private static func hooks(in section: SettingsSection) -> [PostWriteHook]? {
    guard let values = section.array("post_write_hooks") else { return nil }
    var hooks: [PostWriteHook] = []
    for (position, value) in values.enumerated() {
      do {
        if let hook = try hook(value, position: position, section) {
          hooks.append(hook)
        } else {
          section.report("post_write_hooks", "a hook must be a command line or a table with `executable`")
        }
      } catch {
        section.report("post_write_hooks", error)
      }
    }
    return hooks
  }

  private static func hook(
    _ value: TOMLValue, position: Int, _ section: SettingsSection
  ) throws(MetaxyError) -> PostWriteHook? {
    let name = "hook \(position + 1)"
    /// Returns the text with its references replaced; after an error, which is reported, the text as written.
    func filled(_ text: String) -> String { section.filled(text, of: "post_write_hooks")?.text ?? text }
    switch value.content {
    case .string(let line): return PostWriteHook(name: name, commandLine: filled(line))
    case .table(let table):
      guard let executable = try table.string("executable") else { return nil }
      let options = try table.string("options") ?? ""
      return PostWriteHook(
        name: try table.string("name") ?? name, commandLine: "\(filled(executable)) \(filled(options))")
    default: return nil
    }
  }
}
