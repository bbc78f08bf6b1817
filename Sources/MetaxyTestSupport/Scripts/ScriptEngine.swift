/// An engine that scripts run on.
package enum ScriptEngine: String, Sendable, CaseIterable {
  case sqlite, postgresql
}
