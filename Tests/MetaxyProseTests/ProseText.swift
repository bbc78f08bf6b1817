import Foundation

/// The words of a source file, grouped into runs without punctuation.
///
/// A run ends at punctuation, at the end of a paragraph and at the end of a line of code. It continues across the lines of
/// a comment, of a paragraph, of a multi-line string literal, and across string literals that are joined by `+`.
/// Identifiers are split into their words: `isToldOf` reads as `is told of`. Names with underscores are error codes and SQL,
/// and stay one word.
struct ProseText {
  struct Word: Equatable {
    /// In lower case.
    var text: String
    /// From 1.
    var line: Int
  }

  private(set) var runs: [[Word]] = []
  private var current: [Word] = []

  init(swift source: String) {
    var isLiteral = false
    var wasComment = false
    var continuesLiteral = false
    let lines = Self.joiningLiterals(Self.lines(of: source))
    for (index, line) in lines.enumerated() {
      let number = index + 1
      let comment = isLiteral ? nil : Self.comment(line.text)
      if comment == nil, line.text.components(separatedBy: "\"\"\"").count % 2 == 0 {
        isLiteral.toggle()
      } else if isLiteral {
        if line.text.isEmpty { endRun() }
        add(line.text.hasSuffix("\\") ? line.text.dropLast() : line.text[...], of: number)
        continue
      }
      let continues = comment == nil ? continuesLiteral : wasComment && !Self.startsParagraph(comment ?? "")
      if !continues { endRun() }
      // SQLite's procedure is quoted at the lines that follow it.
      if comment?.hasPrefix("> ") != true { add(comment ?? line.text[...], of: number) }
      if comment == nil, !line.continues { endRun() }
      wasComment = comment != nil
      continuesLiteral = line.continues
    }
    endRun()
  }

  init(markdown source: String) {
    var isCode = false
    for (index, line) in Self.lines(of: source).enumerated() {
      if line.hasPrefix("```") { isCode.toggle() }
      if isCode || Self.startsParagraph(line[...]) { endRun() }
      add(line[...], of: index + 1)
    }
    endRun()
  }

  private static func lines(of source: String) -> [String] {
    source.split(separator: "\n", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// Removes the quotes and the `+` between string literals that are joined across lines.
  private static func joiningLiterals(_ lines: [String]) -> [(text: String, continues: Bool)] {
    var joined = lines.map { (text: $0, continues: false) }
    for index in joined.indices.dropFirst() where joined[index].text.hasPrefix("+ \"") {
      guard joined[index - 1].text.hasSuffix("\"") else { continue }
      joined[index - 1].text.removeLast()
      joined[index - 1].continues = true
      joined[index].text.removeFirst(3)
    }
    return joined
  }

  /// The text of a line that is a comment; nil for any other line.
  private static func comment(_ line: String) -> Substring? {
    guard line.hasPrefix("//") else { return nil }
    return line.drop { $0 == "/" }.drop { $0 == " " }
  }

  private static func startsParagraph(_ line: Substring) -> Bool {
    guard let first = line.first else { return true }
    return "#|`>".contains(first) || line.hasPrefix("- ") || (first.isNumber && line.contains(". "))
  }

  private mutating func endRun() {
    if !current.isEmpty { runs.append(current) }
    current = []
  }

  /// Adds the words of a line; a word also starts at a capital after a lower-case letter.
  private mutating func add(_ line: Substring, of number: Int) {
    var word: [Character] = []
    func isStart(_ character: Character, before next: Character?) -> Bool {
      guard character.isUppercase, let last = word.last else { return false }
      return !last.isUppercase || next?.isLowercase == true
    }
    func flush() {
      if !word.isEmpty { current.append(Word(text: String(word).lowercased(), line: number)) }
      word = []
    }
    let characters = Array(line)
    for (index, character) in characters.enumerated() {
      let next = index + 1 < characters.count ? characters[index + 1] : nil
      if character.isLetter || character.isNumber || character == "_" {
        if isStart(character, before: next) { flush() }
        word.append(character)
      } else if "'’".contains(character), !word.isEmpty, next?.isLetter == true {
        word.append("'")
      } else {
        flush()
        if !" \t-*".contains(character) { endRun() }
      }
    }
    flush()
  }
}
