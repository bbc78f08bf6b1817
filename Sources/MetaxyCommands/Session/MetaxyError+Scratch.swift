internal import MetaxyErrors
internal import MetaxyMigrationErrors

extension MetaxyError {
  /// Whether there is no scratch database, or no server that has one.
  var meansNoScratch: Bool {
    [.noScratch, .cannotConnect, .noLibPQ, .serverTooOld, .pooler, .readOnlyServer].contains(code)
      || (cause as? MetaxyError)?.meansNoScratch ?? false
  }
}
