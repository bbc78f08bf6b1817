extension StoreURL {
  /// Returns whether two URLs lead to one database, in whatever form they are written. Users and other parameters do not count.
  package func isSameDatabase(as other: StoreURL) -> Bool {
    guard dialect == other.dialect else { return false }
    if target == other.target { return true }
    guard let address, let known = other.address else { return false }
    return address == known
  }

  /// The host, port and name of a database of PostgreSQL; nil for a text in a form that is not taken apart here.
  private var address: [String: String]? {
    guard dialect == .postgresql else { return nil }
    guard let scheme = target.firstRange(of: "://") else { return Self.completed(Self.words(of: target)) }
    let rest = target[scheme.upperBound...]
    let query = rest.firstIndex(of: "?").map { rest[$0...].dropFirst() } ?? ""
    let parts = rest.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let authority = parts.first else { return nil }
    let server = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    let host = server.split(separator: ":", omittingEmptySubsequences: false)
    guard host.count <= 2 else { return nil }
    var pairs = [
      ("host", host[0]), ("port", host.count == 2 ? host[1] : ""), ("dbname", parts.count == 2 ? parts[1] : ""),
    ]
    pairs += query.split(separator: "&").compactMap { pair in
      let halves = pair.split(separator: "=", maxSplits: 1)
      return halves.count == 2 ? (String(halves[0]), halves[1]) : nil
    }
    var values: [String: String] = [:]
    for (name, text) in pairs where !text.isEmpty {
      guard let value = Self.percentDecoded(text) else { return nil }
      values[name] = value
    }
    return Self.completed(values)
  }

  /// The keywords of a text without quotes; nil for one with quotes.
  private static func words(of text: String) -> [String: String]? {
    guard !text.contains("'"), !text.contains("\\") else { return nil }
    var values: [String: String] = [:]
    for word in text.split(separator: " ") {
      let halves = word.split(separator: "=", maxSplits: 1)
      guard halves.count == 2 else { return nil }
      values[String(halves[0])] = String(halves[1])
    }
    return values
  }

  private static func completed(_ values: [String: String]?) -> [String: String]? {
    guard let values else { return nil }
    return ["host": values["host"] ?? "", "port": values["port"] ?? "5432", "dbname": values["dbname"] ?? ""]
  }
}
