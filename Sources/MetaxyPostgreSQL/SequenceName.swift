internal import MetaxySchema

/// How PostgreSQL calls the sequence of an identity or a serial column, where nobody says otherwise.
enum SequenceName {
  /// `video_id_seq`; of names that are too long for it the longer one is cut first.
  /// https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/commands/indexcmds.c (`makeObjectName`)
  static func usual(of column: String, in table: TableName) -> TableName {
    let available = ObjectNames.maximumLength - "__seq".utf8.count
    var first = table.name.utf8.count
    var second = column.utf8.count
    while first + second > available {
      if first > second { first -= 1 } else { second -= 1 }
    }
    return TableName("\(cut(table.name, to: first))_\(cut(column, to: second))_seq", schema: table.schema)
  }

  /// The text's beginning, of at most so many bytes, without half a character at the end.
  private static func cut(_ text: String, to count: Int) -> String {
    var scalars = text.unicodeScalars[...]
    while scalars.reduce(0, { $0 + UTF8.width($1) }) > count { scalars.removeLast() }
    return String(scalars)
  }
}
