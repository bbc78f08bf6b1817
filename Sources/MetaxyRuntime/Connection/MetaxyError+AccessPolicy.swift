package import MetaxyErrors
internal import MetaxyMigrationErrors
package import MetaxyNames

extension MetaxyError {
  package static func tableRefused(_ table: TableName, verb: String, reason: String) -> MetaxyError {
    MetaxyError(
      .tableRefused, "this environment must not \(verb) `\(table)`: \(reason)",
      Payload(schema: table.schema, table: table.name))
  }
}
