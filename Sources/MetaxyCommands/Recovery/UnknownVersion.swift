internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

/// A row of the version table without a revision file.
package struct UnknownVersion: Sendable, Hashable {
  package var revision: String
  package var environment: String
  /// Whether the log has its text.
  package var isLogged: Bool
  /// The Alembic revision in Python that has this identifier; nil if there is none.
  package var pythonFile: String?
  /// The revisions that the log knows, in the order of their first runs.
  package var loggedRevisions: [String]
  private(set) var hints: [Hint] = []

  init(_ revision: String, _ log: [RevisionLog.Entry], in environment: EnvironmentContext) {
    let project = environment.session.project
    var logged: [String] = []
    for entry in log where !logged.contains(entry.revision) { logged.append(entry.revision) }
    self.revision = revision
    self.environment = environment.kind.rawValue
    isLogged = logged.contains(revision)
    loggedRevisions = logged
    pythonFile = environment.environment.versionLocations.lazy.compactMap {
      PythonRevision.file(of: revision, in: $0)
    }.first.map(project.displayPath)
    let directory = project.displayPath(environment.environment.directory)
    let takeover: SuggestedCommand =
      switch environment.kind {
      case .user: .initialiseFromAlembic(directory)
      case .system: .initialiseFromAlembic("DIRECTORY", systemAlembic: directory, convertingSystemTables: true)
      }
    hints = hints(takingOverBy: takeover).map { $0.completed(for: environment.invocation) }
  }

  /// - Parameter takeover: the command that takes over the history of Alembic files in the environment.
  private func hints(takingOverBy takeover: SuggestedCommand) -> [Hint] {
    if let pythonFile {
      return [
        "`\(pythonFile)` is this revision, in Python: Alembic runs it, metaxy does not",
        "\(takeover) takes over Alembic's history",
        "to keep Alembic's history apart, set another `version_table` in [ext.migrations];"
          + " to leave it behind, \(.stampPurging()) sets the version",
      ]
    }
    var first: [Hint] = []
    if isLogged { first = ["\(.repair(revision, .restore)) writes the file again, with the text that the log has"] }
    if loggedRevisions.isEmpty {
      first = ["if Alembic migrated the database, \(.initialiseFromAlembic("DIRECTORY")) takes over its history"]
    }
    return first + [
      "restore the missing file, from version control or a colleague's branch",
      "if the table belongs to another program, set another one with `version_table` in [ext.migrations]",
      "if the file is lost, \(.stampPurging()) sets the version",
    ]
  }

  /// What the log knows.
  var logText: String {
    loggedRevisions.isEmpty ? "the log knows no revision" : "the log knows \(Wording.list(loggedRevisions.suffix(20)))"
  }

  var line: String { "unknown: the version table holds `\(revision)`, for which there is no file; \(logText)" }

  var json: JSONValue {
    .object([
      .init("revision", .string(revision)), .init("environment", .string(environment)),
      .init("is_logged", .boolean(isLogged)), .init("python_file", JSONValue(pythonFile)),
      .init("logged_revisions", .texts(loggedRevisions)),
    ])
  }
}

/// Revision files of Alembic, which are Python modules.
enum PythonRevision {
  /// Returns the path of the file in `directory` that assigns this identifier to `revision`.
  static func file(of revision: String, in directory: String) -> String? {
    // A directory that cannot be read was reported when its revisions were read.
    guard let names = try? Files.names(in: directory) else { return nil }
    return names.filter { $0.hasSuffix(".py") }.sorted().map { "\(directory)/\($0)" }.first { path in
      guard Files.kind(of: path) == .file, let text = try? Files.text(at: path) else { return false }
      return text.split(whereSeparator: \.isNewline).contains { assigns($0, revision) }
    }
  }

  /// Whether a line is `revision = "…"` or `revision: str = '…'` with this identifier.
  private static func assigns(_ line: Substring, _ revision: String) -> Bool {
    let parts = line.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let name = parts[0].split(separator: ":").first, name.filter({ $0 != " " }) == "revision"
    else { return false }
    let value = parts[1].drop { $0 == " " }
    guard let quote = value.first, quote == "\"" || quote == "'" else { return false }
    return value.dropFirst().prefix { $0 != quote } == revision[...]
  }
}
