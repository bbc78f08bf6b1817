package import MetaxySQL

/// A reviewed consent to what a safety rule finds in a statement: `-- metaxy:allow DS103 the column is empty`.
package struct Allowance: Sendable, Hashable {
  /// The rule's code.
  package var rule: String
  package var reason: String

  package init(rule: String, reason: String) {
    self.rule = rule
    self.reason = CommentText.oneLine(reason)
  }
}

/// A statement of a revision, with what stands above it in the file.
package struct RevisionStatement: Sendable, Hashable {
  /// One statement without its `;`, exactly as it is sent.
  package var sql: String
  /// Comment lines, without their `--`; an engine never sees them.
  package var comments: [String]
  package var allowances: [Allowance]
  /// Where it stands in its file; nil when it was not read from one.
  package var position: SQLPosition?

  package init(
    _ sql: String, comments: [String] = [], allowances: [Allowance] = [], position: SQLPosition? = nil
  ) {
    self.sql = sql
    self.comments = comments.map { CommentText.line($0) }
    self.allowances = allowances
    self.position = position
  }
}
