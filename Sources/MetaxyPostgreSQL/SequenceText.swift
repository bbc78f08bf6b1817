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
}
