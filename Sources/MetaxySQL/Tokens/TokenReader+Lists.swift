package import MetaxyNames

// Lists of names and of other parts.
extension TokenReader {
  /// Reads `a, b`.
  package mutating func names() -> [String] {
    var names: [String] = []
    repeat {
      guard let name = name() else { break }
      names.append(name)
    } while skip(symbol: ",")
    return names
  }

  /// Reads `a, ONLY b, c *`.
  package mutating func tableNames() -> [TableName] {
    var names: [TableName] = []
    repeat {
      _ = skip("ONLY")
      guard let name = qualifiedName() else { break }
      names.append(name)
      _ = skip(symbol: "*")
    } while skip(symbol: ",")
    return names
  }

  /// Returns the rest, split at a symbol outside parentheses.
  package func parts(separatedBy symbol: String) -> [ArraySlice<SQLToken>] {
    var parts: [ArraySlice<SQLToken>] = []
    var rest = self
    var start = rest.tokens
    while let next = rest.tokens.first {
      guard next.isSymbol(symbol) else {
        rest.skipAny()
        continue
      }
      parts.append(start[..<rest.tokens.startIndex])
      rest.skipAny()
      start = rest.tokens
    }
    return parts + [start]
  }
}
