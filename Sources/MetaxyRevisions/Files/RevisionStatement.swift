package import MetaxySQL

/// A reviewed consent to a safety rule's finding in a statement: `-- metaxy:allow DS103 the column is empty`.
package struct Allowance: Sendable, Hashable {
  /// The rule's code.
  package var rule: String
  package var reason: String

  package init(rule: String, reason: String) {
    self.rule = rule
    self.reason = CommentText.oneLine(reason)
  }
}

/// A statement of a revision with the comments above it.
package struct RevisionStatement: Sendable, Hashable {
  /// One statement without its `;`, exactly as it is sent.
  package var sql: String
  /// Comment lines without `--`; they are not sent to the engine.
  package var comments: [String]
  package var allowances: [Allowance]
  /// The position in the file; nil if the statement was not read from a file.
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
