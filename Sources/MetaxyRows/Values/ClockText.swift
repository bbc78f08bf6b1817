internal import MetaxyTime

/// A time of day with microseconds: `10:07:31.123456`. PostgreSQL also has `24:00:00`.
package struct ClockText: Sendable, Hashable {
  package let text: String

  /// Parses `10:07`, `10:07:31` and fractions of up to six digits; nil for other texts.
  package init?(_ text: String) {
    guard text.utf8.allSatisfy({ Self.characters.contains($0) }) else { return nil }
    let whole = text.utf8.count == 5 ? text + ":00" : text
    if whole.hasPrefix("24:00:00"), whole.dropFirst(8).allSatisfy({ $0 == "." || $0 == "0" }) {
      self.text = "24:00:00.000000"
    } else if let time = Timestamp("1970-01-01 \(whole)") {
      self.text = String(time.text.dropFirst(11))
    } else {
      return nil
    }
  }

  private static let characters = Set("0123456789:.".utf8)
}
