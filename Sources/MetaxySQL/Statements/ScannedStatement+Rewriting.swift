extension ScannedStatement {
  /// Returns the text of the statement with other text in place of some of its tokens.
  ///
  /// - Parameter changes: ranges of ``tokens`` in order, with what is written instead; an empty range inserts.
  package func text(replacing changes: [(tokens: Range<Int>, text: String)]) -> String {
    guard let first = tokens.first, let last = tokens.last else { return sql }
    let source = first.text.base
    var text = ""
    var position = first.text.startIndex
    for change in changes {
      let isInsertion = change.tokens.isEmpty
      let start = tokens[change.tokens.lowerBound].text.startIndex
      text += source[position..<start] + change.text
      position = isInsertion ? start : tokens[change.tokens.upperBound - 1].text.endIndex
    }
    return text + source[position..<last.text.endIndex]
  }

  /// Returns the text without some of its tokens.
  package func text(removing ranges: [Range<Int>]) -> String {
    text(replacing: ranges.map { ($0, "") })
  }
}
