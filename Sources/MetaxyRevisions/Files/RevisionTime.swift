#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The creation time of a revision: a second in UTC.
package struct RevisionTime: Sendable, Hashable, Comparable {
  package var secondsSince1970: Int

  package init(secondsSince1970: Int) {
    self.secondsSince1970 = secondsSince1970
  }

  /// Parses `2026-11-22T10:07:31Z`; nil for anything else.
  package init?(_ text: String) {
    guard let date = try? Date(text, strategy: .iso8601) else { return nil }  // nil is the answer
    self.init(secondsSince1970: Int(date.timeIntervalSince1970))
    guard description == text else { return nil }
  }

  /// The time as the prefix of a file name: `20261122100731`.
  package var stamp: String { String(description.filter(\.isNumber)) }

  package static func < (left: RevisionTime, right: RevisionTime) -> Bool {
    left.secondsSince1970 < right.secondsSince1970
  }
}

extension RevisionTime: CustomStringConvertible {
  /// The time as `2026-11-22T10:07:31Z`.
  package var description: String {
    Date(timeIntervalSince1970: Double(secondsSince1970)).formatted(.iso8601)
  }
}
