internal import CPostgreSQL
internal import MetaxyErrors

/// libpq, PostgreSQL's client library, loaded on first use.
struct LibPQ: @unchecked Sendable {
  /// Written once, when it is loaded. https://www.postgresql.org/docs/current/libpq-threading.html
  let functions: UnsafePointer<metaxy_libpq>

  /// - Throws: `no_libpq`, with the package to install.
  static func loaded() throws(MetaxyError) -> LibPQ { try shared.get() }

  private static let shared = Result { () throws(MetaxyError) in try LibPQ(anyOf: names) }

  /// Loads the first available library; a name with a slash is a path, other names are searched for.
  init(anyOf names: [String]) throws(MetaxyError) {
    var reasons: [String] = []
    for name in names {
      var missing: UnsafePointer<CChar>?
      var reason: UnsafePointer<CChar>?
      if let functions = metaxy_libpq_load(name, &missing, &reason) {
        self.functions = functions
        return
      }
      if let missing { throw .libpqTooOld(name, missing: String(cString: missing)) }
      reasons.append(reason.map { String(cString: $0) } ?? "`\(name)`: out of memory")
    }
    throw .libpqMissing(reasons)
  }

  #if canImport(Darwin)
    // Homebrew does not link libpq, nor the servers that contain it, into the directories that are searched.
    private static let names = [
      "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib", "/usr/local/opt/libpq/lib/libpq.5.dylib",
      "/opt/homebrew/lib/libpq.5.dylib", "/usr/local/lib/libpq.5.dylib",
      "/Applications/Postgres.app/Contents/Versions/latest/lib/libpq.5.dylib",
    ]
  #else
    private static let names = ["libpq.so.5"]
  #endif
}
