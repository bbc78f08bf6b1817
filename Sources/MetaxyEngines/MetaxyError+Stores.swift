internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyMigrationErrors

extension MetaxyError {
  static func noScratchInProduction(_ store: Store) -> MetaxyError {
    let reason = store.name == store.url.redacted ? "is not in the configuration" : "is `production = true`"
    return MetaxyError(
      .noScratch, "store `\(store.name)` \(reason), so nothing is tried out on its server",
      hints: ["set `scratch_url` in [ext.migrations] to another server, where plain tables can be tried out"])
  }
}
