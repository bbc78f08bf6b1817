/// A UUID: `6f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0`, as SQLAlchemy's 32 digits on SQLite.
package struct UUIDText: Sendable, Hashable {
  /// The 32 digits in lower case.
  package let digits: String

  /// Parses both forms, in any case; nil for other texts.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
    guard parts == [32] || parts == [8, 4, 4, 4, 12] else { return nil }
    let digits = text.lowercased().filter { $0 != "-" }
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else { return nil }
    self.digits = digits
  }

  /// The form with hyphens.
  package var text: String {
    var text = digits
    for offset in [20, 16, 12, 8] { text.insert("-", at: text.utf8.index(text.startIndex, offsetBy: offset)) }
    return text
  }
}
