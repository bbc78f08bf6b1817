// libpq's keyword form of a connection: `host=db.internal user=metaxy password='it''s' dbname=metaxy`.
// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE
extension StoreURL {
  /// Returns whether a text is meant as a URL, or as keywords and values, and not as a name.
  static func isURL(_ text: String) -> Bool { text.firstRange(of: "://") != nil || holdsKeywords(text) }

  /// Returns whether a text is a list of keywords and values: it starts with a word and `=`.
  static func holdsKeywords(_ text: String) -> Bool {
    let rest = text.drop(while: \.isWhitespace)
    let word = rest.prefix { $0.isLetter || $0 == "_" }
    return !word.isEmpty && rest.dropFirst(word.count).first { !$0.isWhitespace } == "="
  }

  /// Returns the text with `***` for every value except those of keywords that are never secret.
  ///
  /// For libpq, an unquoted password with a space ends at the space. The rest cannot be recognised reliably, so
  /// everything after a word that is not a known keyword is hidden.
  static func redactedKeywords(_ text: String) -> String {
    var redacted: [String] = []
    var rest = text.drop(while: \.isWhitespace)
    while !rest.isEmpty {
      let keyword = String(rest.prefix { $0 != "=" && !$0.isWhitespace })
      rest = rest.dropFirst(keyword.count).drop(while: \.isWhitespace)
      guard keywords.contains(keyword), rest.first == "=" else { return (redacted + ["***"]).joined(separator: " ") }
      rest = rest.dropFirst().drop(while: \.isWhitespace)
      let value = valueText(rest)
      redacted.append("\(keyword)=\(secretParameters.contains(keyword) ? "***" : String(value))")
      rest = rest.dropFirst(value.count).drop(while: \.isWhitespace)
    }
    return redacted.joined(separator: " ")
  }

  /// Returns the text up to the end of a value, including its quotes.
  private static func valueText(_ text: Substring) -> Substring {
    let isQuoted = text.first == "'"
    var index = isQuoted ? text.index(after: text.startIndex) : text.startIndex
    while index < text.endIndex {
      let character = text[index]
      if isQuoted ? character == "'" : character.isWhitespace {
        return text[..<(isQuoted ? text.index(after: index) : index)]
      }
      index = text.index(after: index)
      if character == "\\", index < text.endIndex { index = text.index(after: index) }
    }
    return text
  }

  private static let keywords = secretParameters.union([
    "host", "hostaddr", "port", "dbname", "user", "service", "sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl",
    "sslcompression", "sslnegotiation", "sslsni", "sslcertmode", "ssl_min_protocol_version", "ssl_max_protocol_version",
    "requirepeer", "require_auth", "options", "application_name", "fallback_application_name", "connect_timeout",
    "target_session_attrs", "load_balance_hosts", "passfile", "client_encoding", "gssencmode", "gsslib",
    "gssdelegation", "krbsrvname", "channel_binding", "keepalives", "keepalives_idle", "keepalives_interval",
    "keepalives_count", "tcp_user_timeout", "replication",
  ])
}
