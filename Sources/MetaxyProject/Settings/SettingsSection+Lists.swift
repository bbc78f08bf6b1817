internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyTOML

/// The formats of a list in a variable.
enum VariableList {
  /// Returns the items of `a, b`, or of a list in JSON, which is Metaxy's format; nil if such a list contains other values
  /// than strings.
  static func items(_ text: String) -> [String]? {
    let trimmed = text.trimmingSpaces
    // A pattern such as `[ab]/*.swift` also starts with a bracket.
    guard trimmed.hasPrefix("["), trimmed.hasSuffix("]") else {
      return trimmed.split(separator: ",").map { $0.trimmingSpaces }.filter { !$0.isEmpty }
    }
    return VariableJSON.strings(trimmed)
  }
}

extension SettingsSection {
  /// Reads a list of strings; a variable contains it separated by commas, or in JSON.
  func strings(_ key: String) -> [String]? {
    value(
      key, variable: VariableList.items, expected: "a list separated by commas, or in JSON",
      file: { table throws(MetaxyError) in
        try table.strings(key).flatMap { texts in
          let items = texts.map { self.filled($0, of: key)?.text }
          return items.contains(nil) ? nil : items.compactMap(\.self)
        }
      })
  }

  /// Returns the values of an array as written; variables cannot set them.
  func array(_ key: String) -> [TOMLValue]? {
    value(
      key, variable: { _ in nil }, expected: "set in the file",
      file: { table throws(MetaxyError) in try table.array(key) })
  }
}
