import MetaxyFeatures

/// The upstream fields that the fields of one feature are computed from, in the order in which they are hashed.
struct FieldParents {
  /// An upstream field with its version.
  struct Parent {
    /// `S(feature).S(field)`, the sort key of parents; not unique: `a`.`b.c` and `a.b`.`c` are equal.
    var name: ScalarString
    var version: String
  }

  private struct Identity: Hashable {
    var feature: FeatureKey
    var field: FieldKey
  }

  private let upstream: (FeatureKey) -> FieldTable
  /// Every field of every dependency, computed once for all fields that depend on everything.
  private let everything: [Parent]

  init(of feature: FeatureDefinition, upstream: @escaping (FeatureKey) -> FieldTable) {
    self.upstream = upstream
    let keys = feature.fields.contains { $0.dependencies == nil } ? feature.dependencies ?? [] : []
    everything = Self.sorted(keys.map { ($0.feature.key, nil) }, upstream)
  }

  func parents(of field: FieldSpec) -> [Parent] {
    field.dependencies.map { Self.sorted($0.map { ($0.feature.key, $0.fields) }, upstream) } ?? everything
  }

  /// Returns each field once, at its first position, and then sorted stably.
  private static func sorted(
    _ dependencies: [(feature: FeatureKey, fields: [FieldKey]?)],
    _ upstream: (FeatureKey) -> FieldTable
  ) -> [Parent] {
    var seen: Set<Identity> = []
    var parents: [Parent] = []
    for (feature, wanted) in dependencies {
      let table = upstream(feature)
      for field in wanted ?? table.keys {
        guard let version = table[field], seen.insert(Identity(feature: feature, field: field)).inserted else {
          continue
        }
        parents.append(Parent(name: ScalarString("\(feature).\(field)"), version: version))
      }
    }
    // The standard library does not guarantee a stable sort.
    let order = parents.indices.sorted { left, right in
      parents[left].name == parents[right].name ? left < right : parents[left].name < parents[right].name
    }
    return order.map { parents[$0] }
  }
}

/// The versions of one feature's fields by key.
struct FieldTable {
  /// The keys in the order of their declaration.
  private(set) var keys: [FieldKey] = []
  private var versions: [FieldKey: String] = [:]

  subscript(key: FieldKey) -> String? { versions[key] }

  mutating func add(_ key: FieldKey, version: String) {
    keys.append(key)
    versions[key] = version
  }
}
