/// Reads the text of a script, line by line.
struct ScriptReader {
  private var lines: ArraySlice<(number: Int, text: Substring)>
  private let path: String

  init(text: String, path: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0 + 1, $1) }[...]
    self.path = path
  }

  mutating func read() throws -> [Script.Step] {
    var steps: [Script.Step] = []
    while let line = lines.popFirst() {
      if line.text.isEmpty || line.text.hasPrefix("#") { continue }
      if let command = value(line.text, of: "$") {
        let text = ([command] + block("  ")).joined(separator: "\n")
        steps.append(.init(line: line.number, action: .run(text, try expectation())))
      } else if let file = value(line.text, of: "write") {
        let text = block("|").map { $0.hasPrefix(" ") ? "\($0.dropFirst())\n" : "\($0)\n" }.joined()
        steps.append(.init(line: line.number, action: .write(path: file, text: text)))
      } else {
        throw ScriptFailure(path: path, line: line.number, message: "no line of a script: `\(line.text)`")
      }
    }
    return steps
  }

  private mutating func expectation() throws -> Script.Expectation {
    var expected = Script.Expectation()
    while let line = lines.first, !line.text.isEmpty, !["$", "#", "write "].contains(where: line.text.hasPrefix) {
      lines.removeFirst()
      if let part = value(line.text, of: ">:") {
        expected.outputParts.append(part)
      } else if let part = value(line.text, of: "!:") {
        expected.errorParts.append(part)
      } else if let text = value(line.text, of: ">") {
        expected.output = (expected.output ?? []) + [text]
      } else if let text = value(line.text, of: "!") {
        expected.errors = (expected.errors ?? []) + [text]
      } else if let text = value(line.text, of: "without") {
        expected.absent.append(text)
      } else if let status = value(line.text, of: "?").flatMap({ Int32($0) }) {
        expected.status = status
      } else if line.text == "unchanged" {
        expected.changesNothing = true
      } else {
        throw ScriptFailure(path: path, line: line.number, message: "no expectation: `\(line.text)`")
      }
    }
    return expected
  }

  /// Takes the lines that begin with `mark`, without it.
  private mutating func block(_ mark: String) -> [String] {
    var block: [String] = []
    while let line = lines.first, line.text.hasPrefix(mark) {
      block.append(String(line.text.dropFirst(mark.count)))
      lines.removeFirst()
    }
    return block
  }

  /// Returns what follows a word and one space.
  private func value(_ line: Substring, of word: String) -> String? {
    if line == word { return "" }
    return line.hasPrefix(word + " ") ? String(line.dropFirst(word.count + 1)) : nil
  }
}
