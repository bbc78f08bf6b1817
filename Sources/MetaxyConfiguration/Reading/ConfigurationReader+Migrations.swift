import MetaxyErrors
import MetaxyFiles
import MetaxyTOML

extension ConfigurationReader {
  mutating func readMigrations(_ section: SettingsSection) {
    var settings = MigrationSettings()
    settings.directory = section.path("directory") ?? settings.directory
    settings.systemDirectory = section.path("system_directory") ?? settings.systemDirectory
    if Paths.resolve(settings.directory, in: directory) == Paths.resolve(settings.systemDirectory, in: directory) {
      section.report("directory", "`directory` and `system_directory` must be different directories")
    }
    settings.dialects = dialects(in: section)
    settings.ignore = section.strings("ignore") ?? []
    settings.unmanagedTables = section.choice("unmanaged_tables") ?? .ignore
    settings.timeouts = section.timeouts(default: settings.timeouts)
    settings.registry = section.swiftFile("registry")
    settings.registryImports = section.moduleNames("registry_imports")
    settings.scratchURL = section.url("scratch_url", relativeTo: directory)
    settings.fileTemplate = section.string("file_template")
    settings.timezone = section.string("timezone")
    settings.postWriteHooks = hooks(in: section)
    readVersionTables(section, into: &settings)
    change { $0.migrations = settings }
  }

  /// Sets the dialects to those of the stores if there is no list.
  mutating func finishDialects() {
    guard configuration.migrations.dialects.isEmpty else { return }
    let unset = configuration.unusableStores.values.compactMap(\.dialect)
    let used = Set(configuration.stores.map(\.url.dialect) + unset)
    change { $0.migrations.dialects = StoreDialect.allCases.filter(used.contains) }
  }

  private func dialects(in section: SettingsSection) -> [StoreDialect] {
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

  private func readVersionTables(_ section: SettingsSection, into settings: inout MigrationSettings) {
    settings.versionTable = section.tableName("version_table")
    settings.systemVersionTable = section.tableName("system_version_table")
    let user = settings.versionTable ?? EnvironmentKind.user.defaultVersionTable
    let system = settings.systemVersionTable ?? EnvironmentKind.system.defaultVersionTable
    let taken = [user, user + VersionTableName.logSuffix].map { $0.lowercased() }
    let others = [system, system + VersionTableName.logSuffix].map { $0.lowercased() }
    guard taken.contains(where: others.contains) else { return }
    let key = settings.versionTable == nil ? "system_version_table" : "version_table"
    section.report(key, "the environments must not share a version table or its log, found `\(user)` and `\(system)`")
  }

  /// Reads the hooks: each is a command line, or a table with `name`, `executable` and `options` as in Alembic's `exec`
  /// hooks.
  private func hooks(in section: SettingsSection) -> [PostWriteHook]? {
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

  private func hook(
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

/// The rules for the name of a version table.
package enum VersionTableName {
  /// The suffix of the log table next to each version table.
  package static let logSuffix = "_log"

  /// Returns whether a name fits. PostgreSQL silently truncates names to 63 bytes, and the log's name is the longest.
  package static func isUsable(_ name: String) -> Bool {
    !name.isEmpty && (name + logSuffix).utf8.count <= 63 && !name.utf8.contains(0)
  }
}

extension SettingsSection {
  /// Reads a path that is not empty.
  func path(_ key: String) -> String? {
    let path = string(key)
    if path?.isEmpty ?? false { report(key, "`\(key)` must not be empty") }
    return path
  }

  /// Reads the path of a Swift file.
  func swiftFile(_ key: String) -> String? {
    guard let path = string(key) else { return nil }
    if !path.hasSuffix(".swift") { report(key, "`\(key)` must be a file that ends in `.swift`, found `\(path)`") }
    return path
  }

  func moduleNames(_ key: String) -> [String] {
    let names = strings(key) ?? []
    for name in names where !ModuleName.isUsable(name) {
      report(key, "`\(key)` must list names of modules, found `\(name)`")
    }
    return names
  }

  func tableName(_ key: String) -> String? {
    guard let name = string(key) else { return nil }
    if !VersionTableName.isUsable(name) { report(key, "`\(key)` must have 1 to 59 bytes, found `\(name)`") }
    return name
  }

  func url(_ key: String, relativeTo directory: String) -> StoreURL? {
    guard let template = template(key), let filled = filled(template, of: key) else { return nil }
    do {
      return try StoreURL(filled, relativeTo: directory)
    } catch {
      report(key, error)
      return nil
    }
  }

  func timeouts(default other: Timeouts) -> Timeouts {
    Timeouts(
      lock: milliseconds("lock_timeout") ?? other.lock, statement: milliseconds("statement_timeout") ?? other.statement)
  }

  private func milliseconds(_ key: String) -> Int? {
    guard let text = string(key) else { return nil }
    if let milliseconds = Milliseconds.read(text) { return milliseconds }
    report(key, "`\(key)` must be a time such as `250ms`, `5s`, `2min` or `0`, found `\(text)`")
    return nil
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) -> Choice? {
    guard let text = string(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let choices = Choice.allCases.map { "`\($0.rawValue)`" }.joined(separator: " or ")
    report(key, "`\(key)` must be \(choices), found `\(text)`")
    return nil
  }
}
