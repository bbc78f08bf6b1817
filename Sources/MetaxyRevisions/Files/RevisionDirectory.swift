package import MetaxyErrors
internal import MetaxyFiles
package import MetaxySQL

/// The revision files of an environment and the graph that they form.
package struct RevisionDirectory: Sendable {
  package let graph: RevisionGraph
  private let files: [String: RevisionFile]

  /// Reads every `.sql` file of the directories, except hidden files.
  ///
  /// - Parameters:
  ///   - directories: the absolute paths of `versions` directories.
  ///   - base: the directory to which the paths of the files are relative.
  ///   - lexicons: the dialects that a section can name, with their lexicons.
  /// - Throws: `malformed_revision` with the problems of every file, `broken_history` for problems between files.
  package init(at directories: [String], relativeTo base: String = "", lexicons: Lexicons) throws(MetaxyError) {
    let (files, errors) = try Self.files(at: directories, relativeTo: base, lexicons: lexicons)
    if let error = errors.first { throw errors.count == 1 ? error : .malformedRevisions(errors) }
    try self.init(files: files)
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
    return found
  }

  private static func sqlFiles(in directory: String) throws(MetaxyError) -> [String] {
    try Files.names(in: directory).filter { $0.hasSuffix(".sql") && !$0.hasPrefix(".") }.map { "\(directory)/\($0)" }
  }

  /// Combines files that are already parsed.
  package init(files: [RevisionFile]) throws(MetaxyError) {
    graph = try RevisionGraph(files.map(\.node))
    self.files = Dictionary(uniqueKeysWithValues: files.map { ($0.revision, $0) })
  }

  /// The revisions in topological order, ancestors first.
  package var revisions: [RevisionFile] { graph.nodes.compactMap { files[$0.revision] } }

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
