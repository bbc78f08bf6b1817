import MetaxyDrawing
import MetaxyTestSupport
import Testing

@Suite(.timed) struct MarkupTests {
  @Test func valuesAreTextAndLiteralsAreMarkup() {
    let name = "<script>alert(\"1\" & '2')</script>"
    let cell: Markup = "<td title=\"\(name)\">\(name)</td>"
    let text = "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;"
    #expect(cell.text == "<td title=\"\(text)\">\(text)</td>")
    let row: Markup = "<tr>\(cell)\(3)</tr>"
    #expect(row.text == "<tr>\(cell.text)3</tr>")
    #expect(["a" as Markup, "<b/>"].joined(separator: "\("<")").text == "a&lt;<b/>")
  }

  /// Neither HTML nor XML can contain controls, and a mark that turns the direction of text around would turn what follows.
  @Test func controlsAreShown() {
    #expect(("\("a\u{0}\u{1B}[0m\u{7F}\n\tb")" as Markup).text == "a\u{2400}\u{241B}[0m\u{2421}\n\tb")
    #expect(("\("\u{202E}abc\u{2066}\u{9B}\u{FFFE}")" as Markup).text == #"\u{202E}abc\u{2066}\u{9B}\u{FFFE}"#)
    #expect(("\("héé 日本 🎬")" as Markup).text == "héé 日本 🎬")
  }
}
