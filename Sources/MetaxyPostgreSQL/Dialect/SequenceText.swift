internal import MetaxyFeatures
internal import MetaxySchema

/// Writes the options of sequences in PostgreSQL's syntax.
enum SequenceText {
  /// Returns the options that are not defaults: `START WITH 100`.
  static func words(of options: SequenceOptions) -> [String] {
    let numbers = [
      ("INCREMENT BY", options.increment), ("MINVALUE", options.minimum), ("MAXVALUE", options.maximum),
      ("START WITH", options.start), ("CACHE", options.cache),
    ]
    return numbers.compactMap { word, value in value.map { "\(word) \($0)" } } + (options.cycles ? ["CYCLE"] : [])
  }

  /// Returns the changes from one set of options to another; a default is written explicitly.
  ///
  /// A sequence with a new direction restarts: its current number is not valid in the new direction.
  /// https://www.postgresql.org/docs/current/sql-altersequence.html
  static func changes(from old: SequenceOptions, to new: SequenceOptions, of type: ColumnType) -> [String] {
    let isTurned = old.isDescending != new.isDescending
    var words: [String] = []
    if old.increment != new.increment { words.append("INCREMENT BY \(new.increment ?? 1)") }
    if old.minimum != new.minimum || isTurned { words.append(new.minimum.map { "MINVALUE \($0)" } ?? "NO MINVALUE") }
    if old.maximum != new.maximum || isTurned { words.append(new.maximum.map { "MAXVALUE \($0)" } ?? "NO MAXVALUE") }
    if old.start != new.start || old.first(of: type) != new.first(of: type), let start = new.first(of: type) {
      words.append("START WITH \(start)")
    }
    if old.cache != new.cache { words.append("CACHE \(new.cache ?? 1)") }
    if old.cycles != new.cycles { words.append(new.cycles ? "CYCLE" : "NO CYCLE") }
    return words + (isTurned ? ["RESTART"] : [])
  }
}

extension SequenceOptions {
  fileprivate var isDescending: Bool { (increment ?? 1) < 0 }

  /// Returns the first number of a sequence of this type.
  fileprivate func first(of type: ColumnType) -> Int? {
    if let start { return start }
    return isDescending ? maximum ?? -1 : minimum ?? 1
  }
}
