// Values of more than one section.
extension SettingsSection {
  /// Reads a path that is not empty.
  package func path(_ key: String) -> String? {
    let path = string(key)
    if path?.isEmpty ?? false { report(key, "`\(key)` must not be empty") }
    return path
  }

  func timeouts(default other: Timeouts) -> Timeouts {
    Timeouts(
      lock: milliseconds("lock_timeout") ?? other.lock, statement: milliseconds("statement_timeout") ?? other.statement)
  }

  /// Reads a time such as `5s`.
  package func milliseconds(_ key: String) -> Int? {
    guard let text = string(key) else { return nil }
    if let milliseconds = Milliseconds.read(text) { return milliseconds }
    report(key, "`\(key)` must be a time such as `250ms`, `5s`, `2min` or `0`, found `\(text)`")
    return nil
  }
}
