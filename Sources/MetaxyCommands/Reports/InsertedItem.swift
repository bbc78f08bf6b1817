internal import MetaxyFeatures
internal import MetaxyRevisions

/// A pending revision that the database has already passed, in the output of `check` and `status`.
package struct InsertedItem: Sendable {
  package var revision: String
  /// The applied revisions after which it runs.
  package var followers: [String]
  /// Why `upgrade` refuses to run it after them; nil if it does not.
  package var refusal: String?

  init(_ inserted: InsertedRevision) {
    revision = inserted.file.revision
    followers = inserted.followers
    refusal = inserted.obstacle.map { "not after `\($0.revision)`: \($0.overlap.displayText)" }
  }

  var json: JSONValue {
    .object([
      .init("revision", .string(revision)), .init("applied_after", .texts(followers)),
      .init("refusal", JSONValue(refusal)),
    ])
  }

  var text: String {
    "out of order: \(revision), " + (refusal ?? "`upgrade` runs it after \(followers.joined(separator: ", "))")
  }
}

extension [InsertedItem] {
  /// A line for each, and one for those of a long list that are left out.
  var lines: [String] {
    prefix(20).map(\.text) + (count > 20 ? ["out of order: \(count - 20) more"] : [])
  }
}
