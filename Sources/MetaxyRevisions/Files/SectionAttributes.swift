internal import MetaxySQL

/// The attributes after a section's direction and dialect.
enum SectionAttributes {
  static let names = ["transaction", "foreign_keys", "batch", "expects"]

  static func words(of section: RevisionSection) -> [String] {
    var words: [String] = []
    if !section.runsInTransaction { words.append("transaction:false") }
    if section.turnsForeignKeysOff { words.append("foreign_keys:off") }
    if let rows = section.batchRows { words.append("batch:\(rows)") }
    // Last, because its text extends to the end of the line.
    if let expectation = section.expectation { words.append("expects:\(expectation)") }
    return words
  }

  /// Parses the words after the direction into `section` and returns the problems.
  static func read(_ text: String, into section: inout RevisionSection) -> [String] {
    var problems: [String] = []
    var rest = Substring(text)
    while let word = rest.split(separator: " ", maxSplits: 1).first {
      rest = rest[word.endIndex...].drop { $0 == " " }
      guard let colon = word.firstIndex(of: ":") else {
        if section.dialect == nil, section.runsInTransaction, !section.turnsForeignKeysOff {
          section.dialect = String(word)
        } else {
          problems.append("`\(word)` follows the dialect, where attributes like `transaction:false` are expected")
        }
        continue
      }
      let value = word[word.index(after: colon)...]
      switch (word[..<colon], value) {
      case ("transaction", "false"): section.runsInTransaction = false
      case ("foreign_keys", "off"): section.turnsForeignKeysOff = true
      case ("batch", _):
        section.batchRows = Int(value).flatMap { $0 > 0 ? $0 : nil }
        if section.batchRows == nil { problems.append("`\(word)` is not `batch:` and a number of rows") }
      case ("transaction", _): problems.append("`\(word)` is not `transaction:false`")
      case ("foreign_keys", _): problems.append("`\(word)` is not `foreign_keys:off`")
      case ("expects", _):
        section.expectation = CommentText.oneLine(String(text[value.startIndex...]))
        return problems
      default: problems.append(Misspelling.message("attribute", String(word[..<colon]), known: names))
      }
    }
    return problems
  }
}
