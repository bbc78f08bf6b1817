internal import MetaxyFeatures
internal import MetaxySchema

/// How PostgreSQL spells the way in which a sequence counts.
enum SequenceText {
  /// The options that are not the usual ones: `START WITH 100`.
  static func words(of options: SequenceOptions) -> [String] {
    let numbers = [
      ("INCREMENT BY", options.increment), ("MINVALUE", options.minimum), ("MAXVALUE", options.maximum),
      ("START WITH", options.start), ("CACHE", options.cache),
    ]
    return numbers.compactMap { word, value in value.map { "\(word) \($0)" } } + (options.cycles ? ["CYCLE"] : [])
  }

  /// What makes a sequence that counts in the old way count in the new one; a usual option is written out.
  /// https://www.postgresql.org/docs/current/sql-altersequence.html
  static func changes(from old: SequenceOptions, to new: SequenceOptions, of type: ColumnType) -> [String] {
    var words: [String] = []
    let isDescending = (new.increment ?? 1) < 0
    let bounds = PostgreSQLTypes.bounds(of: type)
    let minimum = new.minimum ?? (isDescending ? bounds?.lowerBound : 1)
    let maximum = new.maximum ?? (isDescending ? -1 : bounds?.upperBound)
    if old.increment != new.increment { words.append("INCREMENT BY \(new.increment ?? 1)") }
    if old.minimum != new.minimum { words.append(new.minimum.map { "MINVALUE \($0)" } ?? "NO MINVALUE") }
    if old.maximum != new.maximum { words.append(new.maximum.map { "MAXVALUE \($0)" } ?? "NO MAXVALUE") }
    if old.start != new.start, let start = new.start ?? (isDescending ? maximum : minimum) {
      words.append("START WITH \(start)")
    }
    if old.cache != new.cache { words.append("CACHE \(new.cache ?? 1)") }
    if old.cycles != new.cycles { words.append(new.cycles ? "CYCLE" : "NO CYCLE") }
    return words
  }

  /// The name that PostgreSQL chooses for the sequence of a column: the longer part is cut where it is too long.
  /// https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/commands/indexcmds.c (makeObjectName)
  static func usualName(table: TableName, column: String) -> TableName {
    let available = ObjectNames.maximumLength - "__seq".utf8.count
    var (first, second) = (table.name.utf8.count, column.utf8.count)
    while first + second > available {
      if first > second { first -= 1 } else { second -= 1 }
    }
    return TableName("\(cut(table.name, to: first))_\(cut(column, to: second))_seq", schema: table.schema)
  }

  /// The longest beginning of at most `length` bytes that cuts no character.
  private static func cut(_ text: String, to length: Int) -> String {
    var kept = ""
    for scalar in text.unicodeScalars {
      guard kept.utf8.count + UTF8.width(scalar) <= length else { break }
      kept.unicodeScalars.append(scalar)
    }
    return kept
  }
}
