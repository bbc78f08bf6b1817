import MetaxyErrors
import MetaxyFiles

// Connection strings of Ibis, which Metaxy's stores take. They differ from SQLAlchemy's for SQLite, whose absolute paths
// have three slashes and relative ones two, and in a schema for PostgreSQL.
extension StoreURL {
  /// Parses a connection string; a relative file is relative to `directory`.
  ///
  /// | written | meaning |
  /// |---|---|
  /// | `sqlite://data/metaxy.db`, `data/metaxy.db` | a file, relative to the configuration file |
  /// | `sqlite:///var/lib/metaxy.db` | a file |
  /// | `postgresql://me:secret@host/metaxy/app`, `…/metaxy?schema=app` | a libpq URL whose search path is `app` |
  init(ibis filled: FilledText, relativeTo directory: String) throws(MetaxyError) {
    if Self.scheme(of: filled.text).map({ $0 == "sqlite" }) ?? Self.isFile(filled.text) {
      let path = filled.text.firstRange(of: "://").map { filled.text[$0.upperBound...] } ?? filled.text[...]
      try self.init(
        sqlitePath: String(path.prefix { $0 != "?" && $0 != "#" }), of: filled, relativeTo: directory)
    } else {
      try self.init(filled, relativeTo: directory)
      if dialect == .postgresql { target = Self.withSearchPath(target) }
    }
  }

  /// Returns the engine of a connection string whose variables are not known; nil for other engines than these two, or if
  /// a variable determines it.
  static func dialect(ofIbis template: TextTemplate) -> StoreDialect? {
    if let dialect = dialect(of: template) { return dialect }
    return template.written.firstRange(of: "://") == nil && isFile(template.written) ? .sqlite : nil
  }

  private static func scheme(of text: String) -> Substring? {
    text.firstRange(of: "://").map { text[..<$0.lowerBound] }
  }

  private static func isFile(_ text: String) -> Bool { text.hasSuffix(".db") || text.hasSuffix(".sqlite") }

  /// Returns a URL of libpq with the schema, which libpq does not know, as an option of the session.
  private static func withSearchPath(_ target: String) -> String {
    guard let start = target.firstRange(of: "://")?.upperBound else { return target }
    let base = target.prefix { $0 != "?" }
    var parameters = target.dropFirst(base.count + 1).split(separator: "&").map(String.init)
    var address = String(base)
    var schema: String?
    let parts = base[start...].split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    if parts.count == 3 {
      address = "\(base[..<start])\(parts[0])/\(parts[1])"
      schema = String(parts[2])
    }
    for parameter in parameters where parameter.hasPrefix("schema=") { schema = String(parameter.dropFirst(7)) }
    parameters.removeAll { $0.hasPrefix("schema=") }
    if let schema, !schema.isEmpty {
      let option = "-csearch_path%3D\(schema)"
      if let index = parameters.firstIndex(where: { $0.hasPrefix("options=") }) {
        parameters[index] += "%20\(option)"
      } else {
        parameters.append("options=\(option)")
      }
    }
    return parameters.isEmpty ? address : "\(address)?\(parameters.joined(separator: "&"))"
  }
}
