internal import MetaxyErrors
internal import MetaxyMigrationErrors

extension MetaxyError {
  static func noScratchInProduction(_ store: String) -> MetaxyError {
    MetaxyError(
      .noScratch, "store `\(store)` is `production = true`, so nothing is tried out on its server",
      hints: ["set `scratch_url` in [ext.migrations] to another server, where plain tables can be tried out"])
  }
}
