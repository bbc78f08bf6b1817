import MetaxyFeatures
internal import MetaxyNames

/// Compares the comments of a table and of its constraints and indexes.
struct CommentComparator {
  /// The former names of constraints and indexes, by their new names.
  private var formerConstraints: [String: String] = [:]
  private var formerIndexes: [String: String] = [:]

  /// - Parameter operations: the preceding operations on the table; renamed objects keep their comments.
  init(renames operations: [MigrationOperation]) {
    for operation in operations {
      switch operation {
      case .renameConstraint(let rename):
        guard let old = rename.old.name, let new = rename.new.name else { continue }
        formerConstraints[new.text] = old.text
      case .renameIndex(let rename): formerIndexes[rename.new.name.text] = rename.old.name.text
      default: continue
      }
    }
  }

  func operations(from live: Table, to desired: Table) -> [MigrationOperation] {
    guard live.hasComments || desired.hasComments else { return [] }
    let table =
      live.comment == desired.comment ? [] : [ChangeComment(live.name, from: live.comment, to: desired.comment)]
    let constraints = changes(
      live.commentsOfConstraints, desired.commentsOfConstraints, formerConstraints, of: live.name
    ) { .constraint($0) }
    let indexes = changes(live.commentsOfIndexes, desired.commentsOfIndexes, formerIndexes, of: live.name) {
      .index($0)
    }
    return (table + constraints + indexes).map(MigrationOperation.changeComment)
  }

  /// Compares objects with the same name; an added or dropped one includes its comment.
  private func changes(
    _ live: [String: String?], _ desired: [String: String?], _ formerNames: [String: String], of table: TableName,
    _ subject: (String) -> ChangeComment.Subject
  ) -> [ChangeComment] {
    desired.sorted { $0.key < $1.key }.compactMap { name, comment in
      guard let old = live[formerNames[name] ?? name], old != comment else { return nil }
      return ChangeComment(table, subject(name), from: old, to: comment)
    }
  }
}

extension Table {
  /// Whether the table, a constraint or an index has a comment.
  fileprivate var hasComments: Bool {
    comment != nil || primaryKey?.comment != nil || uniques.contains { $0.comment != nil }
      || checks.contains { $0.comment != nil } || foreignKeys.contains { $0.comment != nil }
      || exclusions.contains { $0.comment != nil } || indexes.contains { $0.comment != nil }
  }

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
