import MetaxyErrors
import MetaxyFeatures
internal import MetaxyMigrationErrors

/// The drift that a record notes, in JSON: `"drift": {"sqlite": ["add_column clip.note"]}`.
///
/// A revision that was written from a drifted database fits such a database. Without this note, an upgrade would refuse to run
/// it there.
enum RecordedDrift {
  static func json(of drift: [String: [String]]) -> JSONValue {
    .object(
      drift.sorted { $0.key < $1.key }.map { dialect, operations in
        .init(dialect, .array(operations.map(JSONValue.string)))
      })
  }

  /// - Throws: `malformed_record`.
  static func read(_ json: JSONValue?) throws(MetaxyError) -> [String: [String]] {
    guard let json else { return [:] }
    guard case .object(let members) = json else { throw malformed() }
    var drift: [String: [String]] = [:]
    for member in members {
      guard case .array(let operations) = member.value else { throw malformed() }
      drift[member.name] = try operations.map { operation throws(MetaxyError) in
        guard case .string(let text) = operation else { throw malformed() }
        return text
      }
    }
    return drift
  }

  private static func malformed() -> MetaxyError {
    MetaxyError(.malformedRecord, "the `drift` of a record must be lists of texts by dialect")
  }
}
