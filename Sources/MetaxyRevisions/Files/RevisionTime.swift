package import MetaxyTime

/// The creation time of a revision: a second in UTC.
package struct RevisionTime: Sendable, Hashable, Comparable {
  package let timestamp: Timestamp

  /// Nil outside the years 1 to 9999.
  package init?(secondsSince1970 seconds: Int) {
    let (microseconds, overflow) = Int64(seconds).multipliedReportingOverflow(by: Timestamp.second)
    guard !overflow, let timestamp = Timestamp(microseconds: microseconds) else { return nil }
    self.timestamp = timestamp
  }

  /// Parses `2026-11-22T10:07:31Z`; nil for anything else.
  package init?(_ text: String) {
    guard let timestamp = Timestamp(text) else { return nil }
    self.timestamp = timestamp
    guard description == text else { return nil }
  }

  /// The present, without the part of the second that has passed.
  package init() {
    let now = Timestamp()
    timestamp = Timestamp(microseconds: now.microseconds - Int64(now.clock.fraction)) ?? now
  }

  package var secondsSince1970: Int { Int(timestamp.microseconds / Timestamp.second) }

  /// The time as the prefix of a file name: `20261122100731`.
  package var stamp: String { String(description.filter(\.isNumber)) }

  package static func < (left: RevisionTime, right: RevisionTime) -> Bool {
    left.timestamp.microseconds < right.timestamp.microseconds
  }
}

extension RevisionTime: CustomStringConvertible {
  /// The time as `2026-11-22T10:07:31Z`.
  package var description: String {
    let (day, clock) = (timestamp.dayText, timestamp.text.dropFirst(11).prefix(8))
    return "\(day)T\(clock)Z"
  }
}
