/// The texts of a card, cut to the widths that the layout knows: a browser's fonts are not known when a drawing is made, but the
/// characters of a monospaced font are all of one width.
struct CardText {
  private let card: CardDiagram.Card

  private static let longestTitle = 40
  private static let longestRow = 30
  private static let padding = 10
  private static let line = 16
  /// The tenths of the unit that a character of the title and of the other lines takes, with some air.
  private static let titleTenths = 75
  private static let softTenths = 68

  init(_ card: CardDiagram.Card) { self.card = card }

  private var title: String { Self.cut(card.title, to: Self.longestTitle) }
  private var subtitle: String { Self.cut(card.subtitle, to: Self.longestTitle) }
  private var rows: [CardDiagram.Card.Row] {
    card.rows.map { row in
      .init(
        Self.cut(row.name, to: Self.longestRow),
        Self.cut(row.remark, to: Self.longestRow))
    }
  }

  /// The size that the card needs.
  var size: (width: Int, height: Int) {
    let titles = Self.columns(title) * Self.titleTenths + (card.isMarked ? 150 : 0)
    let others =
      ([Self.columns(subtitle)]
      + rows.map { Self.columns($0.name) + ($0.remark.isEmpty ? 0 : Self.columns($0.remark) + 2) })
      .map { $0 * Self.softTenths }
    let widest = max(titles, others.max() ?? 0)
    let lines = (subtitle.isEmpty ? 1 : 2) + rows.count
    let rule = rows.isEmpty ? 0 : 7
    return (max(96, widest / 10 + 2 * Self.padding), lines * Self.line + rule + 12)
  }

  /// Returns the card at its place.
  func element(in frame: LayeredLayout.Frame) -> Markup {
    let names = (card.isCurrent ? " current" : "") + (card.isMarked ? " marked" : "")
    var content: Markup =
      "<rect x=\"\(frame.x)\" y=\"\(frame.y)\" width=\"\(frame.width)\" height=\"\(frame.height)\" rx=\"6\"/>"
    let (left, right) = (frame.x + Self.padding, frame.x + frame.width - Self.padding)
    var y = frame.y + 19
    content += Self.text(title, x: left, y: y, "title")
    if card.isMarked { content += "<circle class=\"mark\" cx=\"\(right - 2)\" cy=\"\(y - 4)\" r=\"4\"/>" }
    if !subtitle.isEmpty {
      y += Self.line
      content += Self.text(subtitle, x: left, y: y, "soft")
    }
    if !rows.isEmpty {
      content += "<path class=\"rule\" d=\"M\(frame.x) \(y + 8)h\(frame.width)\"/>"
      y += 7
    }
    for row in rows {
      y += Self.line
      content += Self.text(row.name, x: left, y: y, "row")
      if !row.remark.isEmpty {
        content += Self.text(row.remark, x: right, y: y, "soft", anchor: " text-anchor=\"end\"")
      }
    }
    let name = [card.title, card.subtitle].filter { !$0.isEmpty }.joined(separator: ", ")
    let group: Markup = "<g class=\"card\(names)\"><title>\(name)</title>\(content)</g>"
    return card.link.map { "<a href=\"\($0)\">\(group)</a>" } ?? group
  }

  private static func text(_ text: String, x: Int, y: Int, _ name: String, anchor: Markup = "") -> Markup {
    "<text class=\"\(name)\" x=\"\(x)\" y=\"\(y)\"\(anchor)>\(text)</text>"
  }

  /// Returns a text with its middle replaced by `…` if it is too long: names of one family differ at their ends.
  private static func cut(_ text: String, to limit: Int) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    guard columns(line) > limit else { return line }
    return String(line.prefix(limit / 2)) + "…" + String(line.suffix(limit / 2 - 1))
  }

  /// The number of columns that a text takes in a monospaced font: two for wide characters.
  static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { count, scalar in
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: count
      case .control: count + 1
      default: count + (isWide(scalar) ? 2 : 1)
      }
    }
  }

  /// The blocks of East Asian scripts, of full-width forms and of pictures.
  /// https://www.unicode.org/reports/tr11/
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
