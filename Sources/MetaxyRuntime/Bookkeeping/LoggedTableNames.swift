internal import MetaxySQL

/// The names of tables as the log table stores them: one per line, `video` or `archive.video`.
///
/// People read the log, so most names are plain. A part that would otherwise be read back as something else is in double
/// quotes, as in SQL: `"2024.video"`, `archive."2024.video"`.
struct LoggedTableNames {
  /// Whether a dot separates a schema from a table; if not, it is part of the table's name.
  let hasSchemas: Bool

  func text(of names: some Sequence<TableName>) -> String {
    names.sorted().map { name in
      ([name.schema].compactMap(\.self) + [name.name]).map(text).joined(separator: ".")
    }.joined(separator: "\n")
  }

  private func text(_ part: String) -> String {
    let isPlain =
      !part.isEmpty && part.unicodeScalars.first != "\""
      && !part.unicodeScalars.contains { $0 == "\n" || hasSchemas && $0 == "." }
    return isPlain ? part : SQLText.identifier(part)
  }

  func names(in text: String) -> [TableName] {
    var rest = text[...].unicodeScalars
    var names: [TableName] = []
    while !rest.isEmpty {
      if rest.first == "\n" {
        rest.removeFirst()
        continue
      }
      let first = part(&rest, endsAtDot: hasSchemas)
      guard hasSchemas, rest.first == "." else {
        names.append(TableName(first))
        continue
      }
      rest.removeFirst()
      names.append(TableName(part(&rest, endsAtDot: false), schema: first))
    }
    return names
  }

  /// Reads one part of a name. A part that starts with a quote but is not a quoted identifier is taken as it is: earlier
  /// versions never quoted.
  private func part(_ rest: inout Substring.UnicodeScalarView, endsAtDot: Bool) -> String {
    var tail = rest
    if let name = SQLText.readIdentifier(&tail), tail.isEmpty || tail.first == "\n" || endsAtDot && tail.first == "." {
      rest = tail
      return name
    }
    let end = rest.firstIndex { $0 == "\n" || endsAtDot && $0 == "." } ?? rest.endIndex
    defer { rest = rest[end...] }
    return String(rest[..<end])
  }
}
