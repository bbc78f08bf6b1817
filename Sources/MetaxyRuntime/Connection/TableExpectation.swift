package import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// The columns and dependent objects that a rebuild expects its table to have; it would lose any others.
package struct TableExpectation: Sendable, Hashable {
  package var table: TableName
  package var columns: [String]
  package var indexes: [String]
  package var triggers: [String]
  package var views: [String]

  package init(
    table: TableName, columns: [String] = [], indexes: [String] = [], triggers: [String] = [], views: [String] = []
  ) {
    self.table = table
    self.columns = columns.sorted()
    self.indexes = indexes.sorted()
    self.triggers = triggers.sorted()
    self.views = views.sorted()
  }

  /// Returns the differences in both directions as phrases; empty if there are none.
  package func differences(from live: TableExpectation) -> [String] {
    parts.flatMap { kind, expected in
      let found = live.parts.first { $0.kind == kind }?.names ?? []
      let known = Set(expected.map { $0.folded })
      let there = Set(found.map { $0.folded })
      let noun = kind.dropLast(kind == "indexes" ? 2 : 1)
      return found.filter { !known.contains($0.folded) }.map { "the \(noun) `\($0)` would be lost" }
        + expected.filter { !there.contains($0.folded) }.map { "the \(noun) `\($0)` is not there" }
    }
  }

  private var parts: [(kind: String, names: [String])] {
    [("columns", columns), ("indexes", indexes), ("triggers", triggers), ("views", views)]
  }
}

// The text form is a section's `expects:` attribute:
// `video(columns: id, path; indexes: ix_video_path; triggers: log_video; views: recent)`. Empty parts are left out, and
// names that are not plain words are in double quotes, with escapes if they do not fit on a line. The table has no schema: only engines without schemas rebuild tables.
extension TableExpectation {
  package var attributeText: String {
    let lists = parts.filter { !$0.names.isEmpty }.map { kind, names in
      "\(kind): \(names.map(Self.text).joined(separator: ", "))"
    }
    return "\(Self.text(of: table.name))(\(lists.joined(separator: "; ")))"
  }

  /// Parses the attribute's text; nil if it is invalid.
  package init?(attributeText: String) {
    var reader = Reader(attributeText)
    guard let table = reader.name(), reader.skip("(") else { return nil }
    var lists: [String: [String]] = [:]
    while !reader.skip(")") {
      guard let kind = reader.name(), reader.skip(":") else { return nil }
      repeat {
        guard let name = reader.name() else { return nil }
        lists[kind, default: []].append(name)
      } while reader.skip(",")
      _ = reader.skip(";")
    }
    let known = ["columns", "indexes", "triggers", "views"]
    guard reader.isAtEnd, lists.keys.allSatisfy(known.contains) else { return nil }
    self.init(
      table: TableName(table), columns: lists["columns"] ?? [], indexes: lists["indexes"] ?? [],
      triggers: lists["triggers"] ?? [],
      views: lists["views"] ?? [])
  }

  private static func text(of name: String) -> String {
    let isPlain =
      !name.isEmpty && name.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isAlphabetic || "0"..."9" ~= $0 }
    guard !isPlain else { return name }
    return CommentText.oneLine(name) == name ? SQLText.identifier(name) : EscapedName.text(of: name)
  }

  /// Reads names and punctuation from left to right, by scalars: a quote with a combining mark is a quote.
  private struct Reader {
    private var rest: Substring.UnicodeScalarView

    init(_ text: String) { rest = text[...].unicodeScalars }

    var isAtEnd: Bool { rest.allSatisfy(\.properties.isWhitespace) }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
      let trimmed = rest.drop(while: \.properties.isWhitespace)
      guard trimmed.first == scalar else { return false }
      rest = trimmed.dropFirst()
      return true
    }

    mutating func name() -> String? {
      rest = rest.drop(while: \.properties.isWhitespace)
      if rest.starts(with: EscapedName.start.unicodeScalars) { return EscapedName.read(&rest) }
      guard rest.first != "\"" else { return SQLText.readIdentifier(&rest) }
      let name = rest.prefix { !$0.properties.isWhitespace && !"(),;:\"".unicodeScalars.contains($0) }
      rest = rest[name.endIndex...]
      return name.isEmpty ? nil : String(name)
    }
  }
}
