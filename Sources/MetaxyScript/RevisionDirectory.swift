public import MetaxyErrors
internal import MetaxyFiles

/// The revision files of an environment, and the graph that they form.
public struct RevisionDirectory: Sendable {
  /// The directory of the files.
  public let path: String
  public let graph: RevisionGraph
  private let files: [String: RevisionFile]

  /// Reads every `.sql` file of the directory at `path`; those whose name begins with a dot are no revisions.
  ///
  /// - Parameters:
  ///   - path: the absolute path of a `versions` directory.
  ///   - base: the directory from which paths are shown.
  ///   - lexicons: the dialects that a section may name, and how each is read.
  /// - Throws: `malformed_revision` with the problems of every file, `broken_history` for what is wrong between them.
  public init(at path: String, shownFrom base: String = "", lexicons: [String: Lexicon]) throws(MetaxyError) {
    var files: [RevisionFile] = []
    var errors: [MetaxyError] = []
    for name in try Files.names(in: path) where name.hasSuffix(".sql") && !name.hasPrefix(".") {
      let file = "\(path)/\(name)"
      do {
        files.append(try RevisionFile(at: file, path: Paths.shown(file, from: base), lexicons: lexicons))
      } catch {
        errors.append(error)
      }
    }
    if let error = errors.first { throw errors.count == 1 ? error : .malformedRevisions(errors) }
    try self.init(path: path, files: files)
  }

  /// Puts files together that are read already.
  public init(path: String, files: [RevisionFile]) throws(MetaxyError) {
    self.path = path
    graph = try RevisionGraph(files.map(\.node))
    self.files = Dictionary(uniqueKeysWithValues: files.map { ($0.revision, $0) })
  }

  /// The revisions, each after those that it follows.
  public var revisions: [RevisionFile] { graph.nodes.compactMap { files[$0.revision] } }

  /// The revision with exactly this identifier.
  public subscript(revision: String) -> RevisionFile? { files[revision] }

  /// Checks the identifier of a revision that is about to be written.
  ///
  /// - Throws: `invalid_revision_name`, `duplicate_revision` naming the file that has it.
  public func checkNew(_ revision: String) throws(MetaxyError) {
    try RevisionName.check(revision)
    if let file = files[revision] { throw .duplicateRevision(revision, path: file.path) }
  }
}
