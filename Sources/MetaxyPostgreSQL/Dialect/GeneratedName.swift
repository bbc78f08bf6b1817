internal import MetaxyFeatures
internal import MetaxySQL
internal import MetaxySchema

/// The names that PostgreSQL generates for objects without an explicit name.
enum GeneratedName {
  /// Returns `video_id_seq`, `video_path_key`, `video_pkey`; if the parts are too long, the longer part is truncated
  /// first. https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/commands/indexcmds.c (`makeObjectName`)
  static func text(_ label: String, _ table: String, _ part: String?) -> String {
    let available = ObjectNames.maximumLength - label.utf8.count - (part == nil ? 1 : 2)
    var (first, second) = (table.utf8.count, part?.utf8.count ?? 0)
    while first + second > available {
      if first > second { first -= 1 } else { second -= 1 }
    }
    return ([cut(table, to: first)] + (part.map { [cut($0, to: second)] } ?? []) + [label]).joined(separator: "_")
  }

  /// Returns whether a name is the generated one, with or without a number that makes it unique.
  static func isGenerated(_ name: String, _ label: String, _ table: String, _ part: String? = nil) -> Bool {
    let number = name.reversed().prefix { $0.isASCII && $0.isNumber }
    return name == text(label, table, part)
      || (!number.isEmpty && name == text(label + String(number.reversed()), table, part))
  }

  /// Returns the prefix of at most `count` bytes that does not split a character.
  private static func cut(_ text: String, to count: Int) -> String {
    var scalars = text.unicodeScalars[...]
    while scalars.reduce(0, { $0 + UTF8.width($1) }) > count { scalars.removeLast() }
    return String(scalars)
  }
}

/// The names that PostgreSQL generates for the sequences of identity and serial columns.
enum SequenceName {
  static func usual(of column: String, in table: TableName) -> TableName {
    TableName(GeneratedName.text("seq", table.name, column), schema: table.schema)
  }
}
