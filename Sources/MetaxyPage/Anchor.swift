internal import MetaxyDrawing

/// The identifiers of parts of the page, which links name. Different names have different identifiers.
enum Anchor {
  static func feature(_ key: String) -> String { "feature-\(encoded(key))" }
  static func table(_ name: String) -> String { "table-\(encoded(name))" }
  static func store(_ name: String) -> String { "store-\(encoded(name))" }
  static func revision(_ name: PageRevision.Name) -> String {
    "revision-\(encoded(name.environment))-\(encoded(name.identifier))"
  }

  /// Letters, digits, `_`, `/` and `.` stay; any other byte is `~` and its two hexadecimal digits.
  private static func encoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "."):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        encoded += "~" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return encoded
  }
}

/// Pieces that several parts of the page have.
enum Piece {
  /// A link inside the page.
  static func link(_ text: String, to anchor: String, code: Bool = true) -> Markup {
    "<a href=\"#\(anchor)\">\(code ? Self.code(text) : "\(text)")</a>"
  }

  static func code(_ text: String) -> Markup { "<code>\(text)</code>" }

  /// The beginning of a version, with the whole as its tooltip.
  static func version(_ version: String) -> Markup {
    let shown = String(version.prefix(8))
    return shown == version ? code(version) : "<code title=\"\(version)\">\(shown)</code>"
  }

  static func badge(_ state: PageStore.State) -> Markup {
    let name: Markup =
      switch state {
      case .inSync: "ok"
      case .pending: "soft"
      case .differs: "warn"
      case .unreachable: "bad"
      }
    return "<span class=\"badge \(name)\">\(state.rawValue)</span>"
  }

  static func badge(_ text: String, _ name: Markup = "soft") -> Markup {
    "<span class=\"badge \(name)\">\(text)</span>"
  }

  /// SQL that scrolls sideways, also with the keyboard. Comments are set apart.
  static func sql(_ text: String, label: String) -> Markup {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> Markup in
      let line = String(line)
      guard line.hasPrefix("--") else { return "\(line)" }
      return line.hasPrefix("-- metaxy:") ? "<b>\(line)</b>" : "<i>\(line)</i>"
    }
    return
      "<pre tabindex=\"0\" role=\"region\" aria-label=\"\(label)\"><code>\(lines.joined(separator: "\n"))</code></pre>"
  }

  /// A drawing that scrolls sideways, also with the keyboard.
  static func figure(_ diagram: CardDiagram) -> Markup {
    """
    <div class="figure" tabindex="0" role="region" aria-label="\(diagram.label)">
    \(diagram.element)
    </div>

    """
  }

  /// A part that opens, and that a link to `anchor` opens.
  static func details(_ anchor: String?, summary: Markup, _ content: Markup) -> Markup {
    let id: Markup = anchor.map { " id=\"\($0)\"" } ?? ""
    return """
      <details class="item"><summary>\(summary)</summary>
      <div class="body"\(id)>
      \(content)</div>
      </details>

      """
  }

  /// A term and what it is, for `<dl class="facts">`.
  static func fact(_ term: String, _ value: Markup) -> Markup { "<div><dt>\(term)</dt><dd>\(value)</dd></div>\n" }
}
