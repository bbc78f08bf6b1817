internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// The condition on rows that belong to a partition, from the texts of the partition key and of the bound.
///
/// PostgreSQL computes it only for partitions that exist. https://www.postgresql.org/docs/current/sql-createtable.html
struct PostgreSQLPartitionBound {
  /// The columns and expressions of the partition key, as SQL.
  let keys: [String]
  /// Holds for the rows of the partition, and is NULL or false for all others.
  let condition: String

  /// Returns nil for `DEFAULT`, and for a key with an operator class or collation of its own.
  ///
  /// - Parameters:
  ///   - partitioning: the partition key, `RANGE (logdate)`.
  ///   - parent: the partitioned table, as an SQL name; nil if it does not exist yet.
  init?(_ bound: String, partitioning: String, parent: String?) {
    guard let keys = Self.keys(of: partitioning),
      let tokens = try? SQLTokenizer.tokens(of: bound, lexicon: .postgresql)
    else { return nil }
    self.keys = keys
    var rest = tokens[...]
    guard Self.skip("FOR", &rest), Self.skip("VALUES", &rest) else { return nil }
    if Self.skip("IN", &rest), let values = Self.list(&rest, of: bound), keys.count == 1 {
      condition = Self.isAmong(values, keys[0])
    } else if Self.skip("FROM", &rest), let from = Self.list(&rest, of: bound), Self.skip("TO", &rest),
      let to = Self.list(&rest, of: bound), from.count == keys.count, to.count == keys.count
    {
      let known = keys.map { "\($0) IS NOT NULL" }
      condition = (known + Self.lower(from, keys) + Self.upper(to, keys)).joined(separator: " AND ")
    } else if Self.skip("WITH", &rest), let parameters = Self.list(&rest, of: bound), let parent {
      let numbers = parameters.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
      guard numbers.count == 2 else { return nil }
      let arguments = ["\(SQLText.literal(parent))::regclass", "\(numbers[0])", "\(numbers[1])"] + keys
      condition = "satisfies_hash_partition(\(arguments.joined(separator: ", ")))"
    } else {
      return nil
    }
  }

  // MARK: Conditions

  private static func isAmong(_ values: [String], _ key: String) -> String {
    let known = values.filter { $0.uppercased() != "NULL" }
    let conditions =
      (known.isEmpty ? [] : ["\(key) IN (\(known.joined(separator: ", ")))"])
      + (known.count < values.count ? ["\(key) IS NULL"] : [])
    return "(\(conditions.joined(separator: " OR ")))"
  }

  /// A bound ends with its first `MINVALUE` or `MAXVALUE`: the values after it do not count.
  private static func lower(_ values: [String], _ keys: [String]) -> [String] {
    let (known, end) = known(values)
    if known.isEmpty { return end == "MINVALUE" ? [] : ["false"] }
    return ["(\(list(keys, known.count))) \(end == "MAXVALUE" ? ">" : ">=") (\(list(known, known.count)))"]
  }

  private static func upper(_ values: [String], _ keys: [String]) -> [String] {
    let (known, end) = known(values)
    if known.isEmpty { return end == "MAXVALUE" ? [] : ["false"] }
    return ["(\(list(keys, known.count))) \(end == "MAXVALUE" ? "<=" : "<") (\(list(known, known.count)))"]
  }

  private static func known(_ values: [String]) -> (values: [String], end: String?) {
    let end = values.firstIndex { ["MINVALUE", "MAXVALUE"].contains($0.uppercased()) }
    return end.map { (Array(values[..<$0]), values[$0].uppercased()) } ?? (values, nil)
  }

  private static func list(_ texts: [String], _ count: Int) -> String { texts.prefix(count).joined(separator: ", ") }

  // MARK: Texts

  private static func keys(of partitioning: String) -> [String]? {
    guard let tokens = try? SQLTokenizer.tokens(of: partitioning, lexicon: .postgresql) else { return nil }
    var rest = tokens.dropFirst()
    guard let keys = list(&rest, of: partitioning), rest.isEmpty, keys.allSatisfy(isPlain) else { return nil }
    return keys
  }

  /// Whether an element of a key is only a name, a call, or an expression in parentheses.
  private static func isPlain(_ key: String) -> Bool {
    guard let tokens = try? SQLTokenizer.tokens(of: key, lexicon: .postgresql), let first = tokens.first else {
      return false
    }
    if tokens.count == 1 { return true }
    let call = first.isSymbol("(") ? tokens[...] : tokens.dropFirst()
    guard call.first?.isSymbol("(") == true else { return false }
    var depth = 0
    for (place, token) in call.enumerated() {
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(")") { depth -= 1 }
      if depth == 0 { return place == call.count - 1 }
    }
    return false
  }

  private static func skip(_ word: String, _ tokens: inout ArraySlice<SQLToken>) -> Bool {
    guard tokens.first?.isWord(word) == true else { return false }
    tokens.removeFirst()
    return true
  }

  /// Reads a list in parentheses, as the texts between its commas.
  private static func list(_ tokens: inout ArraySlice<SQLToken>, of text: String) -> [String]? {
    guard let open = tokens.first, open.isSymbol("(") else { return nil }
    var (depth, start, elements) = (0, open.text.endIndex, [String]())
    for place in tokens.indices {
      let token = tokens[place]
      if token.isSymbol("(") || token.isSymbol("[") { depth += 1 }
      if token.isSymbol(")") || token.isSymbol("]") { depth -= 1 }
      guard depth == 0 || (depth == 1 && token.isSymbol(",")) else { continue }
      elements.append(trimmed(text[start..<token.text.startIndex]))
      start = token.text.endIndex
      if depth == 0 {
        tokens = tokens[tokens.index(after: place)...]
        return elements
      }
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
