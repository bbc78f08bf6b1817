package import MetaxyErrors
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
package struct RevisionStatement: Sendable {
  /// One statement without its `;`, exactly as it is sent.
  package let sql: String
  /// Comment lines without `--`; they are not sent to the engine.
  package var comments: [String]
  package var allowances: [Allowance]
  /// The conditions on the rows of every database on which the revision runs.
  package var rowChecks: [RowCheck]
  /// The position in the file; nil if the statement was not read from a file.
  package var position: SQLPosition?
  /// The tokens that the file's parser found, by the dialect that it read for.
  private var tokens: [String: [SQLToken]] = [:]

  package init(
    _ sql: String, comments: [String] = [], allowances: [Allowance] = [], rowChecks: [RowCheck] = [],
    position: SQLPosition? = nil
  ) {
    self.sql = sql
    self.comments = comments.map { CommentText.line($0) }
    self.allowances = allowances
    self.rowChecks = rowChecks
    self.position = position
  }

  /// Returns whether a reviewer has consented to the finding of a safety rule.
  package func allows(_ rule: String) -> Bool { allowances.allow(rule) }

  /// Returns the tokens of the statement, comments left out.
  ///
  /// - Throws: `unterminated_sql`, which a statement that was read from a file never does.
  package func tokens(for dialect: String, lexicon: Lexicon) throws(MetaxyError) -> [SQLToken] {
    if let known = tokens[dialect] { return known }
    return try SQLTokenizer.tokens(of: sql, lexicon: lexicon)
  }

  /// Keeps the tokens that a parser found for a dialect.
  mutating func keep(_ found: [SQLToken], for dialect: String) { tokens[dialect] = found }

  /// Keeps the tokens of the same statement, read for another dialect.
  mutating func keepTokens(of other: RevisionStatement) { tokens.merge(other.tokens) { own, _ in own } }
}

extension [Allowance] {
  /// Returns whether one of them consents to the finding of a safety rule.
  package func allow(_ rule: String) -> Bool { contains { $0.rule.uppercased() == rule.uppercased() } }
}

// The tokens follow from the text.
extension RevisionStatement: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    left.sql == right.sql && left.comments == right.comments && left.allowances == right.allowances
      && left.rowChecks == right.rowChecks && left.position == right.position
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(sql)
    hasher.combine(comments)
    hasher.combine(allowances)
    hasher.combine(rowChecks)
    hasher.combine(position)
  }
}
