package import MetaxyErrors
internal import MetaxyFiles
package import MetaxySQL

/// A revision: one SQL file that takes databases from one version to the next, and back.
package struct RevisionFile: Sendable, Hashable {
  /// Where the file lies, as it is shown to people.
  package var path: String
  /// What the revision does, in one line; data, whatever it holds.
  package var message: String
  package var revision: String
  /// The revisions that it follows: none for a base, several for a merge.
  package var downRevisions: [String]
  /// Revisions or branch labels of other branches that must be applied first.
  package var dependencies: [String]
  package var branchLabels: [String]
  package var created: RevisionTime?
  /// The version of the feature graph that this revision brings the tables to.
  package var snapshot: String?
  /// Further comment lines of the header.
  package var notes: [String]
  package var sections: [RevisionSection]

  package init(
    path: String, message: String, revision: String, downRevisions: [String] = [], dependencies: [String] = [],
    branchLabels: [String] = [], created: RevisionTime? = nil, snapshot: String? = nil, notes: [String] = [],
    sections: [RevisionSection] = []
  ) {
    self.path = path
    self.message = CommentText.line(message)
    self.revision = revision
    self.downRevisions = downRevisions
    self.dependencies = dependencies
    self.branchLabels = branchLabels
    self.created = created
    self.snapshot = snapshot
    self.notes = RevisionHeader.notes(notes)
    self.sections = sections
  }

  /// Reads the text of a revision file.
  ///
  /// - Parameter lexicons: the dialects that a section may name, and how each is read.
  /// - Throws: `malformed_revision` with a diagnostic for every problem.
  package init(parsing text: String, path: String, lexicons: Lexicons) throws(MetaxyError) {
    self = try RevisionParser.parse(text, path: path, lexicons: lexicons)
  }

  /// Reads the revision file at `file`, which is shown as `path`.
  package init(at file: String, path: String? = nil, lexicons: Lexicons) throws(MetaxyError) {
    try self.init(parsing: Files.text(at: file), path: path ?? file, lexicons: lexicons)
  }

  /// Where the record lies that belongs to this file.
  package var recordPath: String { Self.recordPath(of: path) }

  /// Returns where the record lies that belongs to the revision file at `path`: beside it, ending in `.json`.
  package static func recordPath(of path: String) -> String {
    (path.hasSuffix(".sql") ? String(path.dropLast(4)) : path) + ".json"
  }

  /// Returns the sections that run on `dialect`, in file order.
  package func sections(_ direction: RevisionDirection, dialect: String) -> [RevisionSection] {
    sections.filter { $0.direction == direction && ($0.dialect ?? dialect) == dialect }
  }
}
