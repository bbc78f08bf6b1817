package import MetaxyFeatures

/// A policy of row level security: the rows of a table that roles see and write.
package struct RowPolicy: Sendable, Hashable {
  package enum Command: String, Sendable, Hashable, CaseIterable {
    case all, select, insert, update, delete
  }

  package var name: String
  package var command: Command
  /// Whether it adds rows to those of other policies; a restrictive one takes rows away.
  package var isPermissive: Bool
  /// The roles as SQL writes them, `app, auditor`; nil for all roles.
  package var roles: String?
  /// The condition on existing rows.
  package var using: SQLExpression?
  /// The condition on new rows.
  package var check: SQLExpression?
  package var comment: String?

  package init(
    _ name: String, for command: Command = .all, isPermissive: Bool = true, to roles: String? = nil,
    using: SQLExpression? = nil, check: SQLExpression? = nil, comment: String? = nil
  ) {
    self.name = name
    self.command = command
    self.isPermissive = isPermissive
    self.roles = roles
    self.using = using
    self.check = check
    self.comment = comment
  }
}

extension ComparisonRules {
  /// Returns whether two policies have the same name and the same effect.
  func isSame(_ left: RowPolicy, _ right: RowPolicy) -> Bool {
    left.name == right.name && left.command == right.command && left.isPermissive == right.isPermissive
      && left.roles == right.roles && left.comment == right.comment && hasSameConditions(left, right)
  }

  func hasSameConditions(_ left: RowPolicy, _ right: RowPolicy) -> Bool {
    isSame(left.using, right.using) && isSame(left.check, right.check)
  }
}
