internal import MetaxyFeatures
internal import MetaxyJSON

/// The content of `metaxy_provenance_by_field` and `metaxy_data_version_by_field`: a hash for each field, or null.
package struct FieldHashes: Sendable {
  package struct Member: Sendable {
    /// The member name of the field.
    package var name: String
    package var hash: String?

    package init(_ name: String, _ hash: String?) {
      self.name = name
      self.hash = hash
    }
  }

  package var members: [Member]

  package init(_ members: [Member]) { self.members = members }

  init(_ versions: DataVersions) { members = Self.members(versions) }

  private static func members(_ versions: DataVersions) -> [Member] {
    versions.fields.map { Member($0.key, $0.hash) }
  }

  /// Parses the object; nil if it is not an object of strings and nulls.
  package init?(_ text: String) {
    if let plain = DataVersions(text) {
      members = Self.members(plain)
      return
    }
    // The caller reports a better error than the parser's, because no user writes this text.
    guard case .object(let found)? = try? JSONValue(parsing: text, file: "hashes") else { return nil }
    members = []
    for member in found {
      switch member.value {
      case .string(let hash): members.append(Member(member.name, hash))
      case .null: members.append(Member(member.name, nil))
      default: return nil
      }
    }
  }

  /// The hash of a field; nil if it is null, or without a member.
  package subscript(name: String) -> String? {
    members.first { ScalarString($0.name) == ScalarString(name) }?.hash
  }

  /// Whether two objects have the same members with the same hashes, in any order.
  func isEqual(to other: FieldHashes) -> Bool {
    members.count == other.members.count
      && members.allSatisfy { member in
        other.members.contains {
          ScalarString($0.name) == ScalarString(member.name)
            && $0.hash.map(ScalarString.init) == member.hash.map(ScalarString.init)
        }
      }
  }

  /// The JSON object in Python's format.
  package var text: String {
    JSONValue.object(members.map { .init($0.name, $0.hash.map(JSONValue.string) ?? .null) }).text(indented: false)
  }
}
