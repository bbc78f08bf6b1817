/// An engine that scripts run on.
public enum ScriptEngine: String, Sendable, CaseIterable {
  case sqlite, postgresql
}
