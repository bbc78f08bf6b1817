import MetaxyErrors
import Testing

/// What an error shows of a line that is longer than any screen.
@Suite struct LongLineTests {
  @Test func onlyWhatIsNearThePlaceIsShown() {
    let line = String(repeating: "€", count: 2000)
    let error = Diagnostic("m", at: SourceLocation(file: "f", line: 1, column: 3001), sourceLine: line)
    // 1,000 bytes on each side hold 333 of the characters, which have three bytes.
    let shown = String(repeating: "€", count: 333)
    #expect("\(error)" == "f:1:3001: error: m\n  …\(shown)\(shown)…\n  \(String(repeating: " ", count: 334))^")
  }

  @Test func aLineThatFitsIsShownWhole() {
    let line = String(repeating: "a", count: 1001)
    #expect(
      "\(Diagnostic("m", at: SourceLocation(file: "f", line: 1, column: 2), sourceLine: line))".contains(
        "  \(line)\n   ^"))
    #expect(
      "\(Diagnostic("m", at: SourceLocation(file: "f", line: 1, column: 9999), sourceLine: "ab"))".hasSuffix(
        "  ab\n    ^"))
  }
}
