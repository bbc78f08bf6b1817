package import MetaxyErrors
package import MetaxyNames

extension MetaxyError {
  package static func tableRefused(_ table: TableName, verb: String, reason: String) -> MetaxyError {
    MetaxyError(.tableRefused, "this environment may not \(verb) `\(table)`: \(reason)")
  }
}
