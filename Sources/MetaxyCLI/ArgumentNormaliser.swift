/// Rearranges the words of a command line so that the argument parser accepts Alembic's syntax.
///
/// - Global flags may come before the command: `metaxy -c DIR upgrade`.
/// - `-c` after `current` is Alembic's `--check-heads`.
/// - `-1` after `downgrade` is a revision, not a flag.
/// - `-r-3:current` and `-r -3:` after `history` are ranges.
/// - `--no-rename` after `revision` may have no value: it is about everything then.
struct ArgumentNormaliser {
  private static let globalOptions: Set<String> = ["-c", "--config", "--store", "--config-file", "--format", "--color"]
  private static let globalFlags: Set<String> = ["-q", "--quiet", "--timings"]

  static func arranged(_ words: [String]) -> [String] {
    var words = words[...]
    var global: [String] = []
    while let word = words.first, word.hasPrefix("-") {
      if globalFlags.contains(word) || globalOptions.contains(where: { word.hasPrefix("\($0)=") }) {
        global.append(word)
        words = words.dropFirst()
      } else if globalOptions.contains(word), words.count > 1 {
        global += words.prefix(2)
        words = words.dropFirst(2)
      } else {
        break
      }
    }
    guard let command = words.first, !command.hasPrefix("-") else { return global + words }
    // The parser accepts the flags of `list features` and `graph export` only after both words.
    let count = ["list", "graph", "rows"].contains(command) && words.count > 1 ? 2 : 1
    let rest = words.dropFirst(count).map { command == "current" && $0 == "-c" ? "--check-heads" : $0 }
    return words.prefix(count) + global + arranged(rest, of: command)
  }

  private static func arranged(_ words: [String], of command: String) -> [String] {
    switch command {
    case "history": rangesJoined(words)
    case "revision": valuesAdded(relativeLast(words))
    default: relativeLast(words)
    }
  }

  /// Writes `--no-rename` without a value as `--no-rename=*`.
  private static func valuesAdded(_ words: [String]) -> [String] {
    words.indices.map { index in
      let next = index + 1 < words.count ? words[index + 1] : "-"
      return words[index] == "--no-rename" && next.hasPrefix("-") ? "--no-rename=*" : words[index]
    }
  }

  /// Writes `-r-3:current` as `--rev-range=-3:current`: a value that starts with `-` must follow `=`.
  private static func rangesJoined(_ words: [String]) -> [String] {
    var words = words[...]
    var joined: [String] = []
    while let word = words.popFirst() {
      if word == "-r" || word == "--rev-range", let range = words.popFirst() {
        joined.append("--rev-range=\(range)")
      } else if word.hasPrefix("-r"), word != "-r" {
        joined.append("--rev-range=\(word.dropFirst(2))")
      } else {
        joined.append(word)
      }
    }
    return joined
  }

  /// Moves `-1` and similar words after `--`, where the parser reads them as arguments.
  private static func relativeLast(_ words: [String]) -> [String] {
    let relative = words.filter(isRelative)
    guard !relative.isEmpty, !words.contains("--") else { return words }
    return words.filter { !isRelative($0) } + ["--"] + relative
  }

  private static func isRelative(_ word: String) -> Bool {
    word.hasPrefix("-") && word.count > 1 && word.dropFirst().allSatisfy(\.isNumber)
  }
}
