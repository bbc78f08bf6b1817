import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyMigrationErrors

/// The change of a feature's version by a revision.
package struct FeatureVersionChange: Sendable, Hashable {
  /// The version before; nil for a new feature, or for one that no earlier record contains.
  package var from: String?
  /// The version after; nil for a removed feature.
  package var to: String?

  package init(from: String?, to: String?) {
    self.from = from
    self.to = to
  }

  /// Returns the changes between two sets of versions.
  package static func changes(
    from old: [FeatureKey: String], to new: [FeatureKey: String]
  ) -> [FeatureKey: FeatureVersionChange] {
    var changes: [FeatureKey: FeatureVersionChange] = [:]
    for (key, version) in new where old[key] != version {
      changes[key] = FeatureVersionChange(from: old[key], to: version)
    }
    for (key, version) in old where new[key] == nil { changes[key] = FeatureVersionChange(from: version, to: nil) }
    return changes
  }

  func json(of key: FeatureKey) -> JSONValue {
    .object([.init("key", .string(key.text)), .init("from", JSONValue(from)), .init("to", JSONValue(to))])
  }

  /// - Throws: `malformed_record`.
  static func changes(in json: JSONValue) throws(MetaxyError) -> [FeatureKey: FeatureVersionChange] {
    guard case .array(let list) = json else { throw malformed() }
    var changes: [FeatureKey: FeatureVersionChange] = [:]
    for element in list {
      guard case .string(let key) = element["key"] ?? .null else { throw malformed() }
      changes[FeatureKey(key)] = FeatureVersionChange(
        from: try version("from", element), to: try version("to", element))
    }
    return changes
  }

  private static func version(_ name: String, _ json: JSONValue) throws(MetaxyError) -> String? {
    switch json[name] ?? .null {
    case .null: return nil
    case .string(let text): return text
    default: throw malformed()
    }
  }

  private static func malformed() -> MetaxyError {
    MetaxyError(
      .malformedRecord, "the `features` of a record must be a list of keys with their versions `from` and `to`")
  }
}
