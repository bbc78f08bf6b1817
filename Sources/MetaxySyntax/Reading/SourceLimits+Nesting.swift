// Brackets, and the signs that nest without one.
extension SourceLimits {
  mutating func readOpening(_ byte: UInt8) -> Problem? {
    levels.append(Level(bracket: byte))
    if byte == UInt8(ascii: "[") { squareBrackets += 1 }
    if byte == UInt8(ascii: "{") { (angles, arrows) = (0, 0) }
    if squareBrackets > Self.brackets { return tooDeep("brackets", Self.brackets) }
    return levels.count - 1 > Self.nesting ? tooDeep("parentheses and braces", Self.nesting) : nil
  }

  /// Closes the innermost bracket, of whatever kind: a file with errors is read as far as it can be.
  mutating func readClosing(_ byte: UInt8) -> Problem? {
    if byte == UInt8(ascii: "}") { (angles, arrows) = (0, 0) }
    guard levels.count > 1, let last = levels.popLast() else { return nil }
    if last.bracket == UInt8(ascii: "[") { squareBrackets -= 1 }
    offset += 1
    if let string = strings.last, string.level == levels.count {
      strings.removeLast()
      return skipText(of: string)
    }
    return byte == UInt8(ascii: "}") ? readAlternative() : nil
  }

  /// `if … {} else if … {} else if …`: each is nested in the one before.
  private mutating func readAlternative() -> Problem? {
    var end = offset
    while end < bytes.count, Self.isSpace(bytes[end]) { end += 1 }
    let innermost = levels.count - 1
    levels[innermost].alternatives = word(at: end).elementsEqual("else".utf8) ? levels[innermost].alternatives + 1 : 0
    return levels[innermost].alternatives > Self.nesting ? tooDeep("`else`s", Self.nesting) : nil
  }

  /// `A<B` and `A <B` open a list of generic arguments, `a < b` compares or opens one.
  mutating func readAngle() -> Problem? {
    guard offset > 0, let next else { return nil }
    if Self.isSpace(next) {
      spacedAngles += 1
      return spacedAngles > Self.nesting ? tooDeep("generic arguments", Self.nesting) : nil
    }
    let before = bytes[offset - 1]
    guard Self.isWord(before) || Self.isSpace(before),
      Self.isWord(next) || next == UInt8(ascii: "[") || next == UInt8(ascii: "(")
    else {
      return nil
    }
    angles += 1
    return angles > Self.nesting ? tooDeep("generic arguments", Self.nesting) : nil
  }

  /// `A -> B -> C` is the type of a function that returns a function.
  mutating func readArrow() -> Problem? {
    arrows += 1
    offset += 2
    return arrows > Self.nesting ? tooDeep("function types", Self.nesting) : nil
  }

  mutating func readHash() -> Problem? {
    var end = offset
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
      let hashes = end - offset
      offset = end
      return skipString(hashes: hashes)
    }
    offset = end
    let word = word(at: end)
    offset += word.count
    if word.elementsEqual("if".utf8) { conditions += 1 }
    if word.elementsEqual("endif".utf8), conditions > 0 { conditions -= 1 }
    return conditions > Self.conditions ? tooDeep("`#if`s", Self.conditions) : nil
  }

  /// `Int???` is a type of three levels.
  mutating func readMarks() -> Problem? {
    let start = offset
    while offset < bytes.count, bytes[offset] == UInt8(ascii: "?") || bytes[offset] == UInt8(ascii: "!") { offset += 1 }
    return offset - start > Self.marks ? tooDeep("optionals", Self.marks) : nil
  }
}
