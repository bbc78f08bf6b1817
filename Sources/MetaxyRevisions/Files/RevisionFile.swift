package import MetaxyErrors
internal import MetaxyFiles
package import MetaxySQL

/// A revision: one SQL file that upgrades databases to the next version and downgrades them again.
package struct RevisionFile: Sendable, Hashable {
  /// The path of the file for display.
  package var path: String
  /// The description of the revision, on one line; arbitrary text.
  package var message: String
  package var revision: String
  /// The parent revisions: none for a base, several for a merge.
  package var downRevisions: [String]
  /// The revisions that this baseline stands for besides the one whose identifier it has; none for any other revision.
  package var replaces: [String] = []
  /// Revisions or branch labels of other branches that must be applied first.
  package var dependencies: [String]
  package var branchLabels: [String]
  package var created: RevisionTime?
  /// The version of the feature graph that matches the tables after this revision.
  package var snapshot: String?
  /// What `metaxy verify` found; nil if it never ran.
  package var verification: RevisionVerification?
  /// Additional comment lines of the header.
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

  /// Parses the text of a revision file.
  ///
  /// - Parameter lexicons: the dialects that a section can name, with their lexicons.
  /// - Throws: `malformed_revision` with a diagnostic for every problem.
  package init(parsing text: String, path: String, lexicons: Lexicons) throws(MetaxyError) {
    self = try RevisionParser.parse(text, path: path, lexicons: lexicons)
  }

  /// Parses the revision file at `file`, displayed as `path`.
  package init(at file: String, path: String? = nil, lexicons: Lexicons) throws(MetaxyError) {
    try self.init(parsing: Files.text(at: file), path: path ?? file, lexicons: lexicons)
  }

  /// The path of the record of this file.
  package var recordPath: String { Self.recordPath(of: path) }

  /// Returns the path of the record of the revision file at `path`: the same path ending in `.json`.
  package static func recordPath(of path: String) -> String {
    (path.hasSuffix(".sql") ? String(path.dropLast(4)) : path) + ".json"
  }

  /// Returns the sections for `dialect` in file order.
  package func sections(_ direction: RevisionDirection, dialect: String) -> [RevisionSection] {
    sections.filter { $0.direction == direction && ($0.dialect ?? dialect) == dialect }
  }
}
