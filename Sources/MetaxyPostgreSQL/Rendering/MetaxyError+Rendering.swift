internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

// Operations that PostgreSQL does not support, or not correctly.
extension MetaxyError {
  static func dependentViews(_ views: [TableName], _ operation: any OperationPayload) -> MetaxyError {
    let list = views.map { "`\($0)`" }.joined(separator: ", ")
    return MetaxyError(
      .dependentViews,
      "`\(operation)` cannot be done while the \(views.count == 1 ? "view" : "views") \(list) cannot be restored",
      hints: [
        "drop the \(views.count == 1 ? "view" : "views") before the upgrade and create them again after it, with your own statements"
      ])
  }

  static func dependentPolicies(_ policies: [Policy], _ operation: any OperationPayload) -> MetaxyError {
    let list = policies.map { "`\($0.name)` on `\($0.table)`" }.joined(separator: ", ")
    let verb = policies.count == 1 ? "a row policy depends on" : "row policies depend on"
    return MetaxyError(
      .dependentPolicies, "`\(operation)` cannot be done while \(verb) it: \(list)",
      hints: [
        "change or drop the policy in a separate revision first, with `ALTER POLICY` or `DROP POLICY`: without it, rows that it hides would be visible"
      ])
  }

  static func moveToUnknownSchema(_ operation: any OperationPayload) -> MetaxyError {
    MetaxyError(
      .cannotRender, "`\(operation)` moves something between schemas, which cannot be written for PostgreSQL",
      hints: ["write `ALTER … SET SCHEMA` by hand, in a separate revision"])
  }
}
