internal import MetaxyConfiguration
import MetaxyErrors

/// A file in the format of Python's `configparser`: sections of keys and values; indented lines continue a value.
struct INIFile {
  struct Value {
    var text: String
    var line: Int
  }

  /// Sections by name; keys are case-insensitive.
  private(set) var sections: [String: [String: Value]] = [:]
  private let displayText: String
  /// The value of `%(here)s`.
  private let here: String

  init(_ text: String, displayText: String, here: String) throws(MetaxyError) {
    self.displayText = displayText
    self.here = here
    var section: String?
    var key: String?
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let content = line.trimmingSpaces
      if content.isEmpty || content.hasPrefix("#") || content.hasPrefix(";") { continue }
      if let section, let key, line.first?.isWhitespace ?? false {
        sections[section]?[key]?.text += "\n\(content)"
      } else if content.hasPrefix("["), content.hasSuffix("]") {
        let name = String(content.dropFirst().dropLast())
        sections[name] = sections[name] ?? [:]
        section = name
        key = nil
      } else {
        guard let section else {
          throw .invalidINI(displayText, line: index + 1, "expected a section such as `[alembic]`")
        }
        guard let separator = content.firstIndex(where: { "=:".contains($0) }) else {
          throw .invalidINI(displayText, line: index + 1, "expected `key = value`")
        }
        let name = content[..<separator].trimmingSpaces.lowercased()
        guard sections[section]?[name] == nil else {
          throw .invalidINI(displayText, line: index + 1, "`\(name)` is set twice in `[\(section)]`")
        }
        sections[section]?[name] = Value(
          text: content[content.index(after: separator)...].trimmingSpaces, line: index + 1)
        key = name
      }
    }
  }

  /// Returns a value with `%(name)s` and `%%` replaced; nil if the key is missing.
  func value(_ key: String, in section: String) throws(MetaxyError) -> String? {
    guard let value = raw(key, in: section) else { return nil }
    return try interpolated(value, section: section, depth: 0)
  }

  private func raw(_ key: String, in section: String) -> Value? {
    sections[section]?[key] ?? sections["DEFAULT"]?[key]
  }

  private func interpolated(_ value: Value, section: String, depth: Int) throws(MetaxyError) -> String {
    guard depth < 10 else { throw .invalidINI(displayText, line: value.line, "values refer to each other in a circle") }
    var text = ""
    var rest = Substring(value.text)
    while let percent = rest.firstIndex(of: "%") {
      text += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
      if rest.hasPrefix("%") {
        text += "%"
        rest.removeFirst()
        continue
      }
      guard rest.hasPrefix("("), let end = rest.firstRange(of: ")s") else {
        throw .invalidINI(displayText, line: value.line, "a `%` must be written `%%`")
      }
      let name = rest[rest.index(after: rest.startIndex)..<end.lowerBound].lowercased()
      rest = rest[end.upperBound...]
      if name == "here" {
        text += here
      } else if let other = raw(name, in: section) {
        text += try interpolated(other, section: section, depth: depth + 1)
      } else {
        throw .invalidINI(displayText, line: value.line, "`%(\(name))s` is not set")
      }
    }
    return text + rest
  }
}
