internal import MetaxyFeatures
package import MetaxyNames

/// Creates a row policy.
///
/// ```sql
/// CREATE POLICY "own" ON "video" USING (owner = CURRENT_USER)
/// ```
package struct AddPolicy: OperationPayload {
  package var table: TableName
  package var policy: RowPolicy

  package init(table: TableName, policy: RowPolicy) {
    self.table = table
    self.policy = policy
  }

  package var verb: String { "add_policy" }
  package var object: String? { policy.name }
  package var reversed: MigrationOperation { .dropPolicy(.init(table: table, policy: policy)) }
  package var after: String? { policy.displayText }
}

/// Drops a row policy.
///
/// ```sql
/// DROP POLICY "own" ON "video"
/// ```
package struct DropPolicy: OperationPayload {
  package var table: TableName
  package var policy: RowPolicy

  package init(table: TableName, policy: RowPolicy) {
    self.table = table
    self.policy = policy
  }

  package var verb: String { "remove_policy" }
  package var object: String? { policy.name }
  package var reversed: MigrationOperation { .addPolicy(.init(table: table, policy: policy)) }
  package var before: String? { policy.displayText }
}

extension RowPolicy {
  /// The definition: `for select to app using (owner = CURRENT_USER)`.
  var displayText: String {
    let words = [
      isPermissive ? nil : "restrictive", "for \(command.rawValue)", roles.map { "to \($0)" },
      using.map { "using (\(Self.inOneLine($0)))" }, check.map { "with check (\(Self.inOneLine($0)))" },
    ]
    return words.compactMap { $0 }.joined(separator: " ")
  }

  /// PostgreSQL prints a query in a condition in several lines.
  private static func inOneLine(_ expression: SQLExpression) -> String {
    expression.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
