internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyMigrationErrors
internal import MetaxyProject

/// The databases that one command works on.
package struct FleetRequest: Sendable {
  /// Names of stores, or URLs.
  package var stores: [String]
  /// Whether the command works on every store of the configuration.
  package var isAll: Bool
  /// The path of a file with one URL or name in each line.
  package var file: String?
  /// How many databases are worked on at once.
  package var jobs: Int
  /// The store that comes first, and without whose success the others are left alone.
  package var canary: String?

  package init(stores: [String], isAll: Bool, file: String?, jobs: Int, canary: String? = nil) {
    self.stores = stores
    self.isAll = isAll
    self.file = file
    self.jobs = jobs
    self.canary = canary
  }

  /// Whether the answer is one for several databases, even if the list happens to have one.
  package var isFleet: Bool { stores.count > 1 || isAll || file != nil || canary != nil }

  /// Returns the names and URLs of all databases, each once: the canary first, then in the order of the flags.
  ///
  /// - Throws: `empty_fleet`; `unreadable_file`.
  func members(of project: Project) throws(MetaxyError) -> [String] {
    var found = (canary.map { [$0] } ?? []) + stores
    if isAll { found += project.configuration.stores.map(\.name) + project.configuration.unusableStores.keys.sorted() }
    if let file { found += try Self.lines(of: file, in: project.workingDirectory) }
    var seen: Set<String> = []
    let members = found.filter { seen.insert($0).inserted }
    guard !members.isEmpty else { throw .emptyFleet(file) }
    // Mistyped names are reported before anything runs; a store that cannot be used is one of the failures.
    for name in members where project.configuration.unusableStores[name] == nil { _ = try project.store(named: name) }
    return members
  }

  /// The lines of a file, except empty ones and those that start with `#`.
  private static func lines(of file: String, in directory: String) throws(MetaxyError) -> [String] {
    try Files.text(at: Paths.resolve(file, in: directory)).split(whereSeparator: \.isNewline)
      .map { String($0.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed()) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }
}

extension MetaxyError {
  fileprivate static func emptyFleet(_ file: String?) -> MetaxyError {
    MetaxyError(
      .emptyFleet, file.map { "`\($0)` lists no database" } ?? "the configuration has no stores",
      Payload(path: file),
      hints: [
        file == nil
          ? "add `[ext.migrations.stores.dev]` with a `url`" : "write one URL, or the name of a store, in each line"
      ])
  }
}
