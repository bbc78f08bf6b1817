import MetaxyErrors
import MetaxyFeatures
internal import MetaxyMigrationErrors

/// The revision of a record, and the parents on whose tables it was made.
///
/// A record holds whole tables, so it is right only after these parents. Comparing them with the revision file finds a
/// changed `Revises:` and a record that was copied from another revision.
package struct RecordOrigin: Sendable, Hashable {
  package var revision: String
  package var parents: [String]

  package init(revision: String, parents: [String]) {
    self.revision = revision
    self.parents = parents
  }

  /// The origin that the record of a file has.
  package init(of file: RevisionFile) { self.init(revision: file.revision, parents: file.downRevisions) }

  /// Whether a record of this origin is one of this file.
  package func matches(_ file: RevisionFile) -> Bool {
    revision == file.revision && Set(parents) == Set(file.downRevisions)
  }

  var members: [JSONValue.Member] {
    [.init("revision", .string(revision)), .init("parents", .array(parents.map(JSONValue.string)))]
  }

  /// Reads the origin; nil for a record of an earlier version of metaxy, which has none.
  ///
  /// - Throws: `malformed_record`.
  static func read(_ json: JSONValue) throws(MetaxyError) -> RecordOrigin? {
    guard let revision = json["revision"] else { return nil }
    guard case .string(let name) = revision, case .array(let list) = json["parents"] ?? .null else { throw malformed() }
    let parents = try list.map { element throws(MetaxyError) in
      guard case .string(let parent) = element else { throw malformed() }
      return parent
    }
    return RecordOrigin(revision: name, parents: parents)
  }

  private static func malformed() -> MetaxyError {
    MetaxyError(.malformedRecord, "the `revision` of a record must be a text, and its `parents` a list of texts")
  }
}
