/// Parses the text of a script line by line. Lines for other engines are parsed too, and then left out.
struct ScriptReader {
  private var lines: ArraySlice<(number: Int, text: Substring)>
  private let path: String
  private let engine: Engine

  init(text: String, path: String, engine: Engine) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0 + 1, $1) }[...]
    self.path = path
    self.engine = engine
  }

  mutating func read() throws -> [Script.Step] {
    var steps: [Script.Step] = []
    while let (line, counts) = try nextLine() {
      lines.removeFirst()
      if line.text.isEmpty || line.text.hasPrefix("#") { continue }
      let action: Script.Action
      if let command = value(line.text, of: "$") {
        action = .run(([command] + continuation()).joined(separator: "\n"), try expectation())
      } else if let file = value(line.text, of: "write") {
        action = .write(path: file, text: try fileText())
      } else {
        throw ScriptFailure(path: path, line: line.number, message: "no line of a script: `\(line.text)`")
      }
      if counts { steps.append(.init(line: line.number, action: action)) }
    }
    return steps
  }

  private mutating func expectation() throws -> Script.Expectation {
    var expected = Script.Expectation()
    while let (line, counts) = try nextLine(), !line.text.isEmpty,
      !["$", "#", "write "].contains(where: line.text.hasPrefix)
    {
      lines.removeFirst()
      var with = expected
      guard add(line.text, to: &with) else {
        throw ScriptFailure(path: path, line: line.number, message: "no expectation: `\(line.text)`")
      }
      if counts { expected = with }
    }
    return expected
  }

  /// Adds the expectation of a line; returns false if the line is not a valid expectation.
  private func add(_ line: Substring, to expected: inout Script.Expectation) -> Bool {
    if let part = value(line, of: ">:") {
      expected.outputParts.append(part)
    } else if let part = value(line, of: "!:") {
      expected.errorParts.append(part)
    } else if let text = value(line, of: ">") {
      expected.output = (expected.output ?? []) + [text]
    } else if let text = value(line, of: "!") {
      expected.errors = (expected.errors ?? []) + [text]
    } else if let text = value(line, of: "without") {
      expected.absent.append(text)
    } else if let status = value(line, of: "?").flatMap({ Int32($0) }) {
      expected.status = status
    } else if line == "unchanged" {
      expected.changesNothing = true
    } else {
      return false
    }
    return true
  }

  /// Takes the lines that continue a command.
  private mutating func continuation() -> [String] {
    var block: [String] = []
    while let line = lines.first, line.text.hasPrefix("  ") {
      block.append(String(line.text.dropFirst(2)))
      lines.removeFirst()
    }
    return block
  }

  /// Takes the lines of a file.
  private mutating func fileText() throws -> String {
    var text = ""
    while let (line, counts) = try nextLine(), line.text.hasPrefix("|") {
      lines.removeFirst()
      let content = line.text.dropFirst()
      if counts { text += "\(content.hasPrefix(" ") ? content.dropFirst() : content)\n" }
    }
    return text
  }

  /// Returns the next line without its engine mark, and whether it applies to this engine.
  private func nextLine() throws -> (line: (number: Int, text: Substring), counts: Bool)? {
    guard let line = lines.first else { return nil }
    guard line.text.hasPrefix("["), let end = line.text.firstIndex(of: "]") else { return (line, true) }
    let name = line.text[line.text.index(after: line.text.startIndex)..<end]
    guard let marked = Engine(rawValue: String(name)) else {
      throw ScriptFailure(path: path, line: line.number, message: "no engine is called `\(name)`")
    }
    let text = line.text[line.text.index(after: end)...].drop { $0 == " " }
    return ((line.number, text), marked == engine)
  }

  /// Returns the text after a word and one space.
  private func value(_ line: Substring, of word: String) -> String? {
    if line == word { return "" }
    return line.hasPrefix(word + " ") ? String(line.dropFirst(word.count + 1)) : nil
  }
}
