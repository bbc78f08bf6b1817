internal import MetaxyConfiguration
import MetaxyErrors
import MetaxyFiles

/// The settings of an `alembic.ini` that metaxy uses.
///
/// Relative paths are resolved against the project's root, where Alembic runs in projects with this layout.
struct AlembicINI {
  private static let section = "alembic"
  private static let read: Set<String> = [
    "script_location", "sqlalchemy.url", "version_table", "version_table_schema", "version_locations", "file_template",
    "timezone", "truncate_slug_length", "post_write_hooks", "path_separator", "version_path_separator",
  ]
  /// What only matters to revisions in Python; `alembic init` writes some of it into every file.
  private static let ofPython: Set<String> = [
    "prepend_sys_path", "sourceless", "revision_environment", "output_encoding",
  ]

  let file: INIFile
  let displayText: String

  static func read(_ path: String, displayText: String) throws(MetaxyError) -> AlembicINI {
    let text = try Files.text(at: path)
    return AlembicINI(
      file: try INIFile(text, displayText: displayText, here: Paths.parent(of: path)), displayText: displayText)
  }

  /// Returns the absolute path of the environment's directory; nil if the file does not set it.
  func scriptLocation(root: String) throws(MetaxyError) -> String? {
    try value("script_location").map { Paths.resolve($0, in: root) }
  }

  /// Applies the settings that `metaxy.toml` does not have, and warns about differences.
  ///
  /// - Parameter stores: the stores of the project. A URL of any of them is accepted.
  func apply(
    to environment: inout MigrationEnvironment, settings: MigrationSettings, store: Store?,
    besides stores: [Store] = [],
    root: String
  ) throws(MetaxyError) {
    warnAboutOthers(&environment)
    try warnAboutDatabase(&environment, store: store, besides: stores, root: root)
    let ownTable = environment.kind == .user ? settings.versionTable : settings.systemVersionTable
    if let table = try value("version_table", unless: ownTable, &environment) {
      guard VersionTableName.isUsable(table) else { throw .unusableINIValue(displayText, "version_table", table) }
      environment.versionTable = table
    }
    if let template = try value("file_template", unless: settings.fileTemplate, &environment) {
      environment.fileTemplate = template
    }
    if let timezone = try value("timezone", unless: settings.timezone, &environment) { environment.timezone = timezone }
    environment.versionTableSchema = try value("version_table_schema")
    if let locations = try versionLocations(root: root) { environment.versionLocations = locations }
    if let length = try value("truncate_slug_length") {
      guard let number = Int(length), number > 0 else {
        throw .unusableINIValue(displayText, "truncate_slug_length", length)
      }
      environment.slugLength = number
    }
    if settings.postWriteHooks == nil { environment.postWriteHooks = try hooks() }
  }

  // MARK: - Values

  /// Returns a value; nil if it is missing or empty.
  private func value(_ key: String) throws(MetaxyError) -> String? {
    try file.value(key, in: Self.section).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Returns a value unless the configuration also sets it, which takes precedence; warns if they differ.
  private func value(
    _ key: String, unless own: String?, _ environment: inout MigrationEnvironment
  ) throws(MetaxyError) -> String? {
    let value = try value(key)
    guard let own else { return value }
    if let value, value != own {
      environment.warnings.append(
        "`\(key)` of `\(displayText)` is `\(value)`: `\(own)` of the configuration is used instead")
    }
    return nil
  }

  private func versionLocations(root: String) throws(MetaxyError) -> [String]? {
    guard let text = try value("version_locations") else { return nil }
    let parts = try split(text)
    let locations = parts.map { Paths.resolve($0, in: root) }
    return locations.isEmpty ? nil : locations
  }

  /// Splits a list of paths as Alembic does: at the configured separator, or at blanks and commas.
  private func split(_ text: String) throws(MetaxyError) -> [String] {
    var name = try value("path_separator")
    if name == nil { name = try value("version_path_separator") }
    let parts: [Substring]
    switch name {
    case nil: parts = text.split { $0 == "," || $0.isWhitespace }
    case "os", ":": parts = text.split(separator: ":")
    case ";": parts = text.split(separator: ";")
    case "space": parts = text.split(whereSeparator: \.isWhitespace)
    case "newline": parts = text.split(separator: "\n")
    case let other?: throw .unusableINIValue(displayText, "path_separator", other)
    }
    return parts.map(\.trimmingSpaces).filter { !$0.isEmpty }
  }

  // MARK: - Hooks

  /// Returns the hooks of `[post_write_hooks]`: `hooks` lists the names; `NAME.type`, `NAME.executable` and
  /// `NAME.options` define each.
  private func hooks() throws(MetaxyError) -> [PostWriteHook] {
    let section = "post_write_hooks"
    guard let names = try file.value("hooks", in: section) else { return [] }
    var hooks: [PostWriteHook] = []
    for name in names.split(whereSeparator: { $0 == "," || $0.isWhitespace }).map(String.init) {
      let type = try file.value("\(name.lowercased()).type", in: section) ?? "none"
      guard type == "exec" else { throw .unsupportedHook(displayText, name: name, type: type) }
      let executable = try file.value("\(name.lowercased()).executable", in: section) ?? ""
      let options = try file.value("\(name.lowercased()).options", in: section) ?? ""
      guard !executable.isEmpty, let hook = PostWriteHook(name: name, commandLine: "\(executable) \(options)") else {
        throw .unusableINIValue(displayText, "\(name).executable", executable)
      }
      hooks.append(hook)
    }
    return hooks
  }

  // MARK: - Warnings

  private func warnAboutOthers(_ environment: inout MigrationEnvironment) {
    let others = (file.sections[Self.section] ?? [:]).keys.filter {
      !Self.read.contains($0) && !Self.ofPython.contains($0)
    }
    environment.warnings += others.sorted().map { "`\($0)` of `\(displayText)` is not used" }
  }

  /// The placeholder that `alembic init` writes, which is not a database.
  private static let placeholderURL = "driver://user:pass@localhost/dbname"

  /// Returns the URL of the database; nil if there is none but the placeholder.
  func databaseURL() throws(MetaxyError) -> String? {
    try value("sqlalchemy.url").flatMap { $0 == Self.placeholderURL ? nil : $0 }
  }

  private func warnAboutDatabase(
    _ environment: inout MigrationEnvironment, store: Store?, besides stores: [Store], root: String
  ) throws(MetaxyError) {
    guard let text = try databaseURL(), let store else { return }
    var url: StoreURL?
    do {
      url = try StoreURL(text, relativeTo: root)
    } catch {
      url = nil  // not a PostgreSQL or SQLite URL, so it differs from the store's
    }
    guard !([store] + stores).contains(where: { known in url?.isSameDatabase(as: known.url) ?? false }) else { return }
    environment.warnings.append(
      "`sqlalchemy.url` of `\(displayText)` is `\(StoreURL.redacted(text))`: store `\(store.name)` (`\(store.url)`) counts"
    )
  }
}
