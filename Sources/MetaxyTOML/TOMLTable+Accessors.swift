package import MetaxyErrors

extension TOMLTable {
  /// Returns the string of a key; nil if the key is missing.
  ///
  /// - Throws: ``wrong_type`` at the value's location, as do all of these.
  package func string(_ key: String) throws(MetaxyError) -> String? {
    guard let entry = self[key] else { return nil }
    guard case .string(let text) = entry.value.content else { throw wrongType(entry, expected: "a string") }
    return text
  }

  /// Returns the integer of a key; nil if the key is missing.
  package func integer(_ key: String) throws(MetaxyError) -> Int64? {
    guard let entry = self[key] else { return nil }
    guard case .integer(let number) = entry.value.content else { throw wrongType(entry, expected: "an integer") }
    return number
  }

  /// Returns the boolean of a key; nil if the key is missing.
  package func boolean(_ key: String) throws(MetaxyError) -> Bool? {
    guard let entry = self[key] else { return nil }
    guard case .boolean(let truth) = entry.value.content else { throw wrongType(entry, expected: "a boolean") }
    return truth
  }

  /// Returns the values of a key's array; nil if the key is missing.
  package func array(_ key: String) throws(MetaxyError) -> [TOMLValue]? {
    guard let entry = self[key] else { return nil }
    guard case .array(let values) = entry.value.content else { throw wrongType(entry, expected: "an array") }
    return values
  }

  /// Returns the strings of a key's array; nil if the key is missing.
  package func strings(_ key: String) throws(MetaxyError) -> [String]? {
    guard let entry = self[key] else { return nil }
    let expected = "an array of strings"
    guard case .array(let values) = entry.value.content else { throw wrongType(entry, expected: expected) }
    var strings: [String] = []
    for value in values {
      guard case .string(let text) = value.content else { throw wrongType(entry, expected: expected, found: value) }
      strings.append(text)
    }
    return strings
  }

  /// Returns the table of a key; nil if the key is missing.
  package func table(_ key: String) throws(MetaxyError) -> TOMLTable? {
    guard let entry = self[key] else { return nil }
    guard case .table(let table) = entry.value.content else { throw wrongType(entry, expected: "a table") }
    return table
  }

  private func wrongType(_ entry: TOMLEntry, expected: String, found: TOMLValue? = nil) -> MetaxyError {
    let value = found ?? entry.value
    let within = found == nil ? "" : " in it"
    return .wrongType(
      diagnostic(
        "`\(displayPath(of: entry.key))` must be \(expected), found \(value.kind)\(within)", at: value.location))
  }
}
