internal import CPostgreSQL
internal import MetaxyErrors

/// libpq, PostgreSQL's own client library, loaded when it is first needed.
struct LibPQ: @unchecked Sendable {
  /// Written once, while it is loaded. https://www.postgresql.org/docs/current/libpq-threading.html
  let functions: UnsafePointer<metaxy_libpq>

  /// - Throws: `no_libpq`, with what to install.
  static func loaded() throws(MetaxyError) -> LibPQ { try shared.get() }

  private static let shared = Result { () throws(MetaxyError) in try LibPQ(anyOf: names) }

  /// Loads the first of the libraries that is there; a name with a slash is a path, all others are looked for.
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
    // Homebrew links neither libpq nor the servers, which bring it, into the places that are searched.
    private static let names = [
      "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib", "/usr/local/opt/libpq/lib/libpq.5.dylib",
      "/opt/homebrew/lib/libpq.5.dylib", "/usr/local/lib/libpq.5.dylib",
      "/Applications/Postgres.app/Contents/Versions/latest/lib/libpq.5.dylib",
    ]
  #else
    private static let names = ["libpq.so.5"]
  #endif
}
