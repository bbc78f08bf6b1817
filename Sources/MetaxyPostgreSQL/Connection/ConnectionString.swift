internal import CPostgreSQL
internal import MetaxyErrors

/// A URL or `keyword=value` text for libpq, with what must not be shown of it.
struct ConnectionString {
  let text: String
  /// The text as it is shown to people.
  let displayText: String
  private let secrets: [String]

  /// - Throws: `invalid_store_url`, when libpq cannot read it.
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
  }

  /// The values that libpq itself would not show, but for those that stand elsewhere in the text as well.
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

  /// Hides what could be a part of a password in a message about connecting.
  func hidingSecrets(in message: String) -> String {
    // libpq has read a part of the password as a host, a port or a database then.
    guard !hasStrayDelimiters else { return "libpq's message may hold a part of the password, so it is not shown" }
    return secrets.reduce(message) { $0.replacing($1, with: "***") }
  }

  /// Whether characters that end a part of a URL stand where the password seems to be: `postgresql://me:a/b@host`.
  var hasStrayDelimiters: Bool {
    guard let scheme = text.firstRange(of: "://")?.upperBound, let at = text[scheme...].lastIndex(of: "@"),
      let colon = text[scheme..<at].firstIndex(of: ":")
    else { return false }
    return text[colon..<at].contains { "/?#@".contains($0) }
  }

  /// Hides what stands in quotes and is no part of what is shown: libpq quotes what it could not read.
  private static func hidingUnshown(_ message: String, displayText: String) -> String {
    let parts = message.split(separator: "\"", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      index.isMultiple(of: 2) || displayText.contains(part) ? String(part) : "***"
    }.joined(separator: "\"")
  }
}
