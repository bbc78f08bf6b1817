extension StoreURL {
  /// Returns a URL, or libpq's keywords and values, with `***` for the passwords: the user's, and those in parameters.
  ///
  /// An unencoded password can contain any character, so its end is ambiguous. The rule then hides too much rather than
  /// too little.
  package static func redacted(_ url: String) -> String {
    holdsKeywords(url) ? redactedKeywords(url) : redactedParameters(redactedUser(url))
  }

  private static func redactedUser(_ url: String) -> String {
    let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
    guard let at = url[start...].lastIndex(of: "@"), let colon = url[start..<at].firstIndex(of: ":") else { return url }
    return url[...colon] + "***" + url[at...]
  }

  static let secretParameters: Set<String> = ["password", "sslpassword", "oauth_client_secret"]

  private static func redactedParameters(_ url: String) -> String {
    guard let question = url.firstIndex(of: "?") else { return url }
    let parameters = url[url.index(after: question)...].split(separator: "&", omittingEmptySubsequences: false)
    let redacted = parameters.map { parameter in
      guard let equals = parameter.firstIndex(of: "="),
        secretParameters.contains(parameter[..<equals].lowercased())
      else { return String(parameter) }
      return parameter[...equals] + "***"
    }
    return url[...question] + redacted.joined(separator: "&")
  }
}
