/// HTML or SVG whose texts are escaped by construction: what is interpolated as a string is text, never markup.
///
/// ```swift
/// let cell: Markup = "<td>\(name)</td>"
/// ```
package struct Markup: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The markup as it is written into a file.
  package private(set) var text: String

  package init() { text = "" }

  package init(stringLiteral markup: String) { text = markup }

  package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  /// The literal parts are markup; the values are escaped, unless they are markup themselves.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text: String

    package init(literalCapacity: Int, interpolationCount: Int) {
      text = ""
      text.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    package mutating func appendLiteral(_ markup: String) { text += markup }
    package mutating func appendInterpolation(_ value: String) { text += Markup.escaped(value) }
    package mutating func appendInterpolation(_ value: Int) { text += String(value) }
    package mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
  }

  package static func += (left: inout Markup, right: Markup) { left.text += right.text }

  package static func + (left: Markup, right: Markup) -> Markup {
    var sum = left
    sum += right
    return sum
  }

  package var isEmpty: Bool { text.isEmpty }

  /// Returns a text in which no character has a meaning, inside an element or between the quotes of an attribute.
  ///
  /// Control characters, which neither HTML nor XML can contain, are their pictures: `␛`. Characters that turn the direction of
  /// text are written as `\u{202E}`, so that a name cannot rearrange what follows.
  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 > 0x7E || [0x22, 0x26, 0x27, 0x3C, 0x3E].contains($0) }) else {
      return text
    }
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n", "\t": escaped.unicodeScalars.append(scalar)
      case "\u{7F}": escaped += "\u{2421}"
      case "\u{0}"..."\u{1F}":
        escaped.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case "\u{80}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{FFFE}"..."\u{FFFF}":
        escaped += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension Sequence<Markup> {
  /// Returns the markup of all elements, in order.
  package func joined(separator: Markup = "") -> Markup {
    var joined = Markup()
    var isFirst = true
    for markup in self {
      if !isFirst { joined += separator }
      isFirst = false
      joined += markup
    }
    return joined
  }
}
