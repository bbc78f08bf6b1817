import MetaxyErrors
import MetaxyTOML

/// Changes one setting in a configuration's text and keeps every other byte.
struct ConfigurationEditor {
  let text: String
  let file: ConfigurationFile

  /// Returns the text with a key of `[ext.migrations]` set: replaced if it exists, or added to its section, or added
  /// with the section at the end.
  ///
  /// - Throws: `uneditable_configuration` if none of these gives a file with the setting.
  func setting(_ key: String, to value: String) throws(MetaxyError) -> String {
    let edited = try edit(key, value)
    guard sets(key, value, in: edited) else {
      throw .uneditableConfiguration(file.name, line(key, value), below: header)
    }
    return edited
  }

  private func edit(_ key: String, _ value: String) throws(MetaxyError) -> String {
    guard let entry = try section() else { return appendingSection(key, value) }
    if case .table(let table) = entry.value.content, let old = table[key] {
      return replacing(old.value.byteRange, with: TOMLText.string(value))
    }
    let header = entry.value.byteRange
    guard Array(text.utf8)[header].first == UInt8(ascii: "[") else { return appendingSection(key, value) }
    return inserting(line(key, value), below: header.upperBound)
  }

  /// Returns the entry of `ext.migrations`.
  private func section() throws(MetaxyError) -> TOMLEntry? {
    try file.settings(in: TOMLDocument(text, file: file.name).root)?.table("ext")?["migrations"]
  }

  private func replacing(_ range: Range<Int>, with replacement: String) -> String {
    let bytes = Array(text.utf8)
    return String(
      decoding: bytes[..<range.lowerBound] + Array(replacement.utf8) + bytes[range.upperBound...], as: UTF8.self)
  }

  /// Returns the text with a line inserted below the line that contains `offset`.
  private func inserting(_ line: String, below offset: Int) -> String {
    let bytes = Array(text.utf8)
    guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return text + newline + line + newline }
    return replacing(end + 1..<end + 1, with: line + newline)
  }

  private func appendingSection(_ key: String, _ value: String) -> String {
    let separator = text.isEmpty || text.utf8.last == UInt8(ascii: "\n") ? newline : newline + newline
    return text + separator + header + newline + line(key, value) + newline
  }

  private func sets(_ key: String, _ value: String, in edited: String) -> Bool {
    do {
      let root = try TOMLDocument(edited, file: file.name).root
      return try file.settings(in: root)?.table("ext")?.table("migrations")?.string(key) == value
    } catch {
      return false  // an inline table, for example, cannot be extended
    }
  }

  private var header: String { "[\((file.keys + ["ext", "migrations"]).joined(separator: "."))]" }

  private func line(_ key: String, _ value: String) -> String { "\(key) = \(TOMLText.string(value))" }

  private var newline: String { text.utf8.firstRange(of: "\r\n".utf8) == nil ? "\n" : "\r\n" }
}
