internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

// Operations that PostgreSQL does not support, or not correctly.
extension MetaxyError {
  static func dependentObjects(_ objects: [UnmanagedObject], _ operation: any OperationPayload) -> MetaxyError {
    let list = objects.map { "the \($0)" }.joined(separator: ", ")
    let reasons = Set(objects.compactMap(\.obstacle)).sorted().joined(separator: ", ")
    let code: MetaxyError.Code =
      if objects.allSatisfy(\.isView) { .dependentViews } else if objects.allSatisfy({ $0.kind == .policy }) {
        .dependentPolicies
      } else { .dependentObjects }
    return MetaxyError(
      code,
      "`\(operation)` cannot be done while \(list) \(objects.count == 1 ? "depends" : "depend") on it: \(reasons)",
      hints: [
        "drop \(objects.count == 1 ? "it" : "them") before the upgrade and create \(objects.count == 1 ? "it" : "them") again after it, with your own statements"
      ])
  }

  static func moveToUnknownSchema(_ operation: any OperationPayload) -> MetaxyError {
    MetaxyError(
      .cannotRender, "`\(operation)` moves something between schemas, which cannot be written for PostgreSQL",
      hints: ["write `ALTER … SET SCHEMA` by hand, in a separate revision"])
  }
}
