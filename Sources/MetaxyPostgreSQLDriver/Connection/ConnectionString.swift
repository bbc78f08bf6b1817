internal import CPostgreSQL
internal import MetaxyErrors

/// A URL or `keyword=value` text for libpq, with its secrets.
struct ConnectionString {
  let text: String
  /// The text for display.
  let displayText: String
  private let secrets: [String]
  /// The value of `target_session_attrs` if it excludes some servers; nil for `any`.
  let requiredRole: String?

  /// - Throws: `invalid_store_url` if libpq cannot parse it.
  init(_ text: String, displayText: String, _ libpq: LibPQ) throws(MetaxyError) {
    self.text = text
    self.displayText = displayText
    let functions = libpq.functions.pointee
    var message: UnsafeMutablePointer<CChar>?
    guard let options = functions.PQconninfoParse(text, &message) else {
      defer { functions.PQfreemem(message) }
      let reason = message.map { String(cString: $0) } ?? "out of memory"
      throw .unreadableConnectionString(
        displayText, reason: Self.hidingUnshown(reason.trimmed, displayText: displayText))
    }
    defer { functions.PQconninfoFree(options) }
    secrets = Self.secrets(options)
    let role = Self.value(of: "target_session_attrs", in: options)
    requiredRole = role == "any" ? nil : role
  }

  private static func value(of keyword: String, in options: UnsafeMutablePointer<metaxy_pq_option>) -> String? {
    var option = options
    while let found = option.pointee.keyword {
      if String(cString: found) == keyword { return option.pointee.value.map { String(cString: $0) } }
      option += 1
    }
    return nil
  }

  /// Returns the values that libpq would not display, except those that also occur elsewhere in the text.
  private static func secrets(_ options: UnsafeMutablePointer<metaxy_pq_option>) -> [String] {
    var secrets: [String] = []
    var others: [String] = []
    var option = options
    while option.pointee.keyword != nil {
      if let value = option.pointee.value.map({ String(cString: $0) }), !value.isEmpty {
        if option.pointee.display?.pointee == CChar(UInt8(ascii: "*")) {
          secrets.append(value)
        } else {
          others.append(value)
        }
      }
      option += 1
    }
    return secrets.filter { secret in !others.contains { $0.contains(secret) } }
  }

  /// Hides possible parts of a password in a message about connecting.
  func hidingSecrets(in message: String) -> String {
    // libpq has then parsed a part of the password as a host, a port or a database.
    guard !hasStrayDelimiters else { return "libpq's message may contain a part of the password, so it is not shown" }
    return secrets.reduce(message) { $0.replacing($1, with: "***") }
  }

  /// Whether the password seems to contain characters that end a part of a URL: `postgresql://me:a/b@host`.
  var hasStrayDelimiters: Bool {
    guard let scheme = text.firstRange(of: "://")?.upperBound, let at = text[scheme...].lastIndex(of: "@"),
      let colon = text[scheme..<at].firstIndex(of: ":")
    else { return false }
    return text[colon..<at].contains { "/?#@".contains($0) }
  }

  /// Hides quoted text that is not part of the displayed URL: libpq quotes the text that it cannot parse.
  private static func hidingUnshown(_ message: String, displayText: String) -> String {
    let parts = message.split(separator: "\"", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      index.isMultiple(of: 2) || displayText.contains(part) ? String(part) : "***"
    }.joined(separator: "\"")
  }
}
