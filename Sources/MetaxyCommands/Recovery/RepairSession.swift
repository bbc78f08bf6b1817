internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

/// An environment whose revision files may be broken or missing: all that a repair needs.
struct RepairSession {
  let session: ProjectSession
  let environment: MigrationEnvironment
  /// The files that can be read.
  private(set) var files: [String: RevisionFile]
  /// The paths of those that cannot.
  private let broken: [String]

  init(_ session: ProjectSession) throws(MetaxyError) {
    self.session = session
    environment = try session.project.environment(for: session.store)
    let locations = environment.versionLocations
    let found = try RevisionDirectory.files(
      at: locations, relativeTo: session.project.root, lexicons: session.lexicons)
    files = Dictionary(found.files.map { ($0.revision, $0) }) { first, _ in first }
    let readable = Set(found.files.map(\.path))
    broken = try RevisionDirectory.paths(in: locations).map { Paths.relativePath($0, to: session.project.root) }
      .filter { !readable.contains($0) }
  }

  var dialect: any Dialect { session.database.dialect }
  var log: RevisionLog { RevisionLog(RevisionLog.name(for: environment.versionTableName), dialect: dialect) }

  /// Returns the revision of a file or of the log with this identifier, or the only one that begins with it.
  ///
  /// - Throws: `unknown_revision`, `ambiguous_revision`.
  func revision(_ name: String, _ log: [RevisionLog.Entry]) throws(MetaxyError) -> String {
    let known = Set(files.keys).union(log.map(\.revision))
    if known.contains(name) { return name }
    let found = known.filter { $0.hasPrefix(name) }.sorted()
    guard let first = found.first else { throw .unknownToRepair(name, known: known.sorted()) }
    guard found.count == 1 else { throw .ambiguousToRepair(name, found) }
    return first
  }

  /// Returns the run that shows what the database has of a revision: one that applied it, or one that was interrupted.
  func application(of revision: String, _ log: [RevisionLog.Entry]) -> RevisionLog.Entry? {
    let runs = log.filter { $0.revision == revision && !$0.isUndo }
    if let last = runs.last, last.id == log.last?.id, last.isHalfApplied { return last }
    return runs.last { $0.isApplication }
  }

  /// Returns the path of a revision's file, relative to the project: that of a file which cannot be read too.
  func path(of revision: String) -> String? {
    if let file = files[revision] { return file.path }
    return broken.first { path in
      // A file that cannot be read as text has no header.
      guard let text = try? Files.text(at: Paths.resolve(path, in: session.project.root)) else { return false }
      return text.split(whereSeparator: \.isNewline).contains { line in
        let words = line.split { $0 == " " || $0 == "\t" || $0 == ":" }
        return words.count > 2 && words[0] == "--" && words[1] == "Revision" && words[2] == revision
      }
    }
  }

  /// Returns the path of a new file for a revision of the log.
  func newPath(for file: RevisionFile) throws(MetaxyError) -> String {
    guard let directory = environment.versionLocations.first else { return "" }
    let name =
      try file.created.map { created throws(MetaxyError) in
        try RevisionFileName.name(of: file, created: created, in: environment)
      } ?? "\(file.revision).sql"
    return Paths.relativePath("\(directory)/\(name)", to: session.project.root)
  }
}
