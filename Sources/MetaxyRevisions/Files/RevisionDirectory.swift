package import MetaxyErrors
internal import MetaxyFiles
package import MetaxySQL

/// The revision files of an environment and the graph that they form.
package struct RevisionDirectory: Sendable {
  package let graph: RevisionGraph
  private let files: [String: RevisionFile]

  /// Reads every `.sql` file of the directories and those below them, except hidden ones.
  ///
  /// - Parameters:
  ///   - directories: the absolute paths of `versions` directories.
  ///   - base: the directory to which the paths of the files are relative.
  ///   - lexicons: the dialects that a section can name, with their lexicons.
  ///   - checksHistory: whether the files are a whole history; otherwise they have no graph.
  /// - Throws: `malformed_revision` with the problems of every file, `broken_history` for problems between files.
  package init(at directories: [String], relativeTo base: String = "", lexicons: Lexicons, checksHistory: Bool = true)
    throws(MetaxyError)
  {
    let (files, errors) = try Self.files(at: directories, relativeTo: base, lexicons: lexicons)
    if let error = errors.first { throw errors.count == 1 ? error : .malformedRevisions(errors) }
    try self.init(files: files, checksHistory: checksHistory)
  }

  /// Reads the `.sql` files of the directories that can be read, with the errors of the others and without their graph.
  ///
  /// - Parameters: as for ``init(at:relativeTo:lexicons:)``.
  package static func files(
    at directories: [String], relativeTo base: String, lexicons: Lexicons
  ) throws(MetaxyError) -> (files: [RevisionFile], errors: [MetaxyError]) {
    var files: [RevisionFile] = []
    var errors: [MetaxyError] = []
    for file in try paths(in: directories) {
      do throws(MetaxyError) {
        // A pipe would be read until someone writes to it.
        if Files.kind(of: file) == .other { throw .notAFile(Paths.relativePath(file, to: base)) }
        files.append(try RevisionFile(at: file, path: Paths.relativePath(file, to: base), lexicons: lexicons))
      } catch {
        errors.append(error)
      }
    }
    return (files, errors)
  }

  /// The paths of the revision files in `directories`.
  package static func paths(in directories: [String]) throws(MetaxyError) -> [String] {
    var found: [String] = []
    for directory in directories { found += try sqlFiles(in: directory) }
    // One of the directories may be below another one.
    var seen: Set<String> = []
    return found.filter { seen.insert($0).inserted }
  }

  private static func sqlFiles(in directory: String) throws(MetaxyError) -> [String] {
    var files: [String] = []
    for name in try Files.names(in: directory) where !name.hasPrefix(".") && !name.hasSuffix(".json") {
      let path = "\(directory)/\(name)"
      if name.hasSuffix(".sql"), Files.kind(of: path) != .directory {
        files.append(path)
      } else if Files.isDirectory(path) {
        files += try sqlFiles(in: path)
      }
    }
    return files
  }

  /// Combines files that are already parsed.
  package init(files: [RevisionFile]) throws(MetaxyError) { try self.init(files: files, checksHistory: true) }

  private init(files: [RevisionFile], checksHistory: Bool) throws(MetaxyError) {
    // What a baseline replaces is no longer part of the history.
    let replaced = Set(files.flatMap(\.replaces))
    let kept = replaced.isEmpty ? files : files.filter { !replaced.contains($0.revision) }
    graph = try RevisionGraph(checksHistory ? kept.map(\.node) : [])
    self.files = Dictionary(kept.map { ($0.revision, $0) }) { first, _ in first }
    revisions = checksHistory ? graph.nodes.compactMap { [files = self.files] in files[$0.revision] } : kept
  }

  /// The revisions in topological order, ancestors first.
  package let revisions: [RevisionFile]

  /// The revision with exactly this identifier.
  package subscript(revision: String) -> RevisionFile? { files[revision] }

  /// Checks the identifier of a new revision.
  ///
  /// - Throws: `invalid_revision_name`; `duplicate_revision` with the file that has the identifier.
  package func checkNew(_ revision: String) throws(MetaxyError) {
    try RevisionName.check(revision)
    if let file = files[revision] { throw .duplicateRevision(revision, path: file.path) }
  }
}
