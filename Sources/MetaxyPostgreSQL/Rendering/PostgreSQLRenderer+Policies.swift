internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

// Row policies.
extension PostgreSQLRenderer {
  func render(_ operation: AddPolicy) -> [StagedStatement] {
    let policy = operation.policy
    let creation = StagedStatement(dialect.createPolicy(policy, on: operation.table))
    guard let text = policy.comment else { return [creation] }
    return [creation, comment(on: reference(to: policy, on: operation.table), text)]
  }

  func render(_ operation: DropPolicy) -> [StagedStatement] {
    [StagedStatement("DROP \(reference(to: operation.policy, on: operation.table))")]
  }

  private func reference(to policy: RowPolicy, on table: TableName) -> String {
    "POLICY \(dialect.quoted(policy.name)) ON \(writer.name(table))"
  }

  /// The unmanaged objects, and the managed policies that the catalog has not listed among them: those of records, and
  /// those that an operation has created.
  var dependentObjects: [UnmanagedObject] {
    let listed = Set(
      live.unmanaged.filter { $0.kind == .policy }.map { PolicyName(table: $0.relation, name: $0.name.name) })
    return live.unmanaged
      + plan.tablesWithPolicies.compactMap { state[$0] }.flatMap { table in
        table.policies.filter { !listed.contains(PolicyName(table: table.name, name: $0.name)) }
          .map { dependent($0, on: table) }
      }
  }

  private struct PolicyName: Hashable {
    var table: TableName?
    var name: String
  }

  private func dependent(_ policy: RowPolicy, on table: Table) -> UnmanagedObject {
    var object = UnmanagedObject(.policy, TableName(policy.name), on: table.name)
    let names = (policy.using?.names ?? []).union(policy.check?.names ?? [])
    object.uses = Set(table.columns.filter { names.contains($0.name) }.map { .column($0.name, of: table.name) })
    object.uses.insert(.relation(table.name))
    object.definition = dialect.createPolicy(policy, on: table.name)
    object.comment = policy.comment
    return object
  }
}

extension PostgreSQLDialect {
  /// https://www.postgresql.org/docs/current/sql-createpolicy.html
  func createPolicy(_ policy: RowPolicy, on table: TableName) -> String {
    let clauses = [
      policy.isPermissive ? nil : "AS RESTRICTIVE",
      policy.command == .all ? nil : "FOR \(policy.command.rawValue.uppercased())",
      policy.roles.map { "TO \($0)" }, policy.using.map { "USING (\($0.text(for: name)))" },
      policy.check.map { "WITH CHECK (\($0.text(for: name)))" },
    ]
    let creation = "CREATE POLICY \(quoted(policy.name)) ON \(SQLWriter(self).name(table))"
    return ([creation] + clauses.compactMap { $0 }).joined(separator: " ")
  }
}
