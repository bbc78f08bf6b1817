package import MetaxyErrors
internal import MetaxyFiles
package import MetaxySQL

/// The revision files of an environment, and the graph that they form.
package struct RevisionDirectory: Sendable {
  package let graph: RevisionGraph
  private let files: [String: RevisionFile]

  /// Reads every `.sql` file of the directories; those whose name begins with a dot are no revisions.
  ///
  /// - Parameters:
  ///   - directories: the absolute paths of `versions` directories.
  ///   - base: the directory from which paths are shown.
  ///   - lexicons: the dialects that a section may name, and how each is read.
  /// - Throws: `malformed_revision` with the problems of every file, `broken_history` for what is wrong between them.
  package init(at directories: [String], displayedFrom base: String = "", lexicons: Lexicons) throws(MetaxyError) {
    var files: [RevisionFile] = []
    var errors: [MetaxyError] = []
    var found: [String] = []
    for directory in directories { found += try Self.sqlFiles(in: directory) }
    for file in found {
      do {
        files.append(try RevisionFile(at: file, path: Paths.displayPath(file, from: base), lexicons: lexicons))
      } catch {
        errors.append(error)
      }
    }
    if let error = errors.first { throw errors.count == 1 ? error : .malformedRevisions(errors) }
    try self.init(files: files)
  }

  private static func sqlFiles(in directory: String) throws(MetaxyError) -> [String] {
    try Files.names(in: directory).filter { $0.hasSuffix(".sql") && !$0.hasPrefix(".") }.map { "\(directory)/\($0)" }
  }

  /// Puts files together that are read already.
  package init(files: [RevisionFile]) throws(MetaxyError) {
    graph = try RevisionGraph(files.map(\.node))
    self.files = Dictionary(uniqueKeysWithValues: files.map { ($0.revision, $0) })
  }

  /// The revisions, each after those that it follows.
  package var revisions: [RevisionFile] { graph.nodes.compactMap { files[$0.revision] } }

  /// The revision with exactly this identifier.
  package subscript(revision: String) -> RevisionFile? { files[revision] }

  /// Checks the identifier of a revision that is about to be written.
  ///
  /// - Throws: `invalid_revision_name`, `duplicate_revision` naming the file that has it.
  package func checkNew(_ revision: String) throws(MetaxyError) {
    try RevisionName.check(revision)
    if let file = files[revision] { throw .duplicateRevision(revision, path: file.path) }
  }
}
