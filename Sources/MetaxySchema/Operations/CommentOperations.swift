package import MetaxyNames

/// Changes the comment on a table, a column, a constraint, an index, a type or a sequence.
///
/// ```sql
/// COMMENT ON TABLE "video" IS 'one row for each version of a sample'
/// ```
///
/// Comments of columns are changed with their columns.
package struct ChangeComment: OperationPayload {
  package enum Subject: Sendable, Hashable {
    /// The table itself.
    case table
    case constraint(String)
    case index(String)
    /// The enum type with the name `table`.
    case type
    /// The sequence with the name `table`.
    case sequence
  }

  package var table: TableName
  package var subject: Subject
  /// nil if there was none.
  package var old: String?
  /// nil for none.
  package var new: String?

  package init(_ table: TableName, _ subject: Subject = .table, from old: String?, to new: String?) {
    self.table = table
    self.subject = subject
    self.old = old
    self.new = new
  }

  package var verb: String { "\(new == nil ? "remove" : "add")_\(noun)_comment" }
  package var kind: ObjectKind {
    switch subject {
    case .type: .enumType
    case .sequence: .sequence
    default: .table
    }
  }
  package var object: String? {
    switch subject {
    case .constraint(let name), .index(let name): name
    case .table, .type, .sequence: nil
    }
  }
  package var reversed: MigrationOperation { .changeComment(.init(table, subject, from: new, to: old)) }
  package var before: String? { old }
  package var after: String? { new }

  private var noun: String {
    switch subject {
    case .table: "table"
    case .constraint: "constraint"
    case .index: "index"
    case .type: "enum"
    case .sequence: "sequence"
    }
  }
}
