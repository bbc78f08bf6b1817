internal import MetaxyConfiguration
internal import MetaxyEngines
internal import MetaxyRuntime

extension CommandContext {
  /// How the command opens databases: a server's notices are reported as progress events.
  var engineOptions: EngineOptions {
    let report = report
    return EngineOptions(isOnline: isOnline, interruption: interruption) { text, isWarning in
      report(isWarning ? .warning("PostgreSQL: \(text)") : .note("PostgreSQL: \(text)"))
    }
  }

  func dialect(_ dialect: StoreDialect) -> any Dialect { Engines.dialect(dialect, isOnline: isOnline) }
}
