package import MetaxyErrors

extension MetaxyError {
  package static func tableRefused(_ table: String, verb: String, reason: String) -> MetaxyError {
    MetaxyError(Code("table_refused"), "this environment may not \(verb) `\(table)`: \(reason)")
  }
}
