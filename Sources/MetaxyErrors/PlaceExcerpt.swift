/// The two lines that show a place in a text: its line, and a caret below.
enum PlaceExcerpt {
  /// How many bytes of a line are shown on each side of the place.
  private static let side = 1000

  /// Returns a line with a caret below the byte at `offset`.
  ///
  /// Of a long line, only what is near the place is shown.
  static func text(of line: some BidirectionalCollection<UInt8>, at offset: Int) -> String {
    let place = line.index(line.startIndex, offsetBy: max(0, offset), limitedBy: line.endIndex) ?? line.endIndex
    var before = line[..<place].suffix(side)
    var after = line[place...].prefix(side)
    let cutsBefore = before.startIndex != line.startIndex
    let cutsAfter = after.endIndex != line.endIndex
    // No character is cut in two.
    if cutsBefore { while before.first.map(isInsideCharacter) == true { before.removeFirst() } }
    while after.endIndex != line.endIndex, isInsideCharacter(line[after.endIndex]), !after.isEmpty {
      after.removeLast()
    }
    let start = (cutsBefore ? "…" : "") + String(decoding: before, as: UTF8.self)
    let end = String(decoding: after, as: UTF8.self) + (cutsAfter ? "…" : "")
    return "  \(start)\(end)\n  \(CaretPadding.below(start))^"
  }

  private static func isInsideCharacter(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
