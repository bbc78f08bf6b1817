internal import MetaxyErrors
internal import MetaxySQL
internal import MetaxySchema

// Operations that PostgreSQL does not support, or not correctly.
extension MetaxyError {
  static func viewsInTheWay(_ views: [TableName], _ operation: any OperationPayload) -> MetaxyError {
    let list = views.map { "`\($0)`" }.joined(separator: ", ")
    return MetaxyError(
      .viewsInTheWay,
      "`\(operation)` cannot be done while the \(views.count == 1 ? "view" : "views") \(list) would have to be made again",
      hints: [
        "drop the \(views.count == 1 ? "view" : "views") before the upgrade and make them anew after it, with statements of your own"
      ])
  }

  static func policiesInTheWay(_ policies: [Policy], _ operation: any OperationPayload) -> MetaxyError {
    let list = policies.map { "`\($0.name)` on `\($0.table)`" }.joined(separator: ", ")
    let verb = policies.count == 1 ? "a row policy names" : "row policies name"
    return MetaxyError(
      .policiesInTheWay, "`\(operation)` cannot be done while \(verb) it: \(list)",
      hints: [
        "let go of it in a revision of your own first, with `ALTER POLICY` or `DROP POLICY`: without a policy, rows that it hides would be shown"
      ])
  }

  static func moveToUnknownSchema(_ operation: any OperationPayload) -> MetaxyError {
    MetaxyError(
      .cannotRender, "`\(operation)` moves something between schemas, which cannot be written for PostgreSQL",
      hints: ["write `ALTER … SET SCHEMA` by hand, in a revision of its own"])
  }
}
