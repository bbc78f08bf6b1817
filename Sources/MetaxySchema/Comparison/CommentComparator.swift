import MetaxyFeatures

/// Compares the comments of a table and of what it keeps: its constraints and indexes.
struct CommentComparator {
  func operations(from live: Table, to desired: Table) -> [any MigrationOperation] {
    let table =
      live.comment == desired.comment ? [] : [ChangeComment(live.name, from: live.comment, to: desired.comment)]
    return table + changes(live.commentsOfConstraints, desired.commentsOfConstraints, of: live.name) { .constraint($0) }
      + changes(live.commentsOfIndexes, desired.commentsOfIndexes, of: live.name) { .index($0) }
  }

  /// What is there by one name only comes or goes with its comment.
  private func changes(
    _ live: [String: String?], _ desired: [String: String?], of table: TableName,
    _ subject: (String) -> ChangeComment.Subject
  ) -> [ChangeComment] {
    desired.sorted { $0.key < $1.key }.compactMap { name, comment in
      guard let old = live[name], old != comment else { return nil }
      return ChangeComment(table, subject(name), from: old, to: comment)
    }
  }
}

extension Table {
  fileprivate var commentsOfConstraints: [String: String?] {
    var comments: [String: String?] = [:]
    func note(_ name: ConstraintName?, _ comment: String?) { if let name { comments[name.text] = .some(comment) } }
    note(primaryKey?.name, primaryKey?.comment)
    for unique in uniques { note(unique.name, unique.comment) }
    for check in checks { note(check.name, check.comment) }
    for key in foreignKeys { note(key.name, key.comment) }
    for exclusion in exclusions { note(exclusion.name, exclusion.comment) }
    return comments
  }

  fileprivate var commentsOfIndexes: [String: String?] {
    Dictionary(indexes.map { ($0.name.text, $0.comment) }) { first, _ in first }
  }
}
