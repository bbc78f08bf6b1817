package import MetaxyFeatures
internal import MetaxyJSON

/// What became of one feature between two graphs that both have it.
package struct FeatureChange: Sendable, Hashable {
  /// A field whose own part of its version is another one.
  package struct Field: Sendable, Hashable {
    package var key: FieldKey
    /// The code version before and after; nil where it is the same.
    package var codeVersion: Transition?
    /// Whether the field depends on other fields than before.
    package var hasOtherDependencies: Bool
  }

  package struct Transition: Sendable, Hashable {
    package var from: String
    package var to: String
  }

  package var key: FeatureKey
  /// The feature version before and after; the same where only other members of the spec changed.
  package var featureVersion: Transition
  package var specVersion: Transition
  package var addedFields: [FieldKey] = []
  package var removedFields: [FieldKey] = []
  package var changedFields: [Field] = []
  package var addedDependencies: [FeatureKey] = []
  package var removedDependencies: [FeatureKey] = []
  /// The members of the spec that differ: `metadata`, `deps` where only its columns or renames do.
  package var changedMembers: [String] = []
  /// The features it depends on whose versions changed, or that are new: why it is computed anew, wherever it did not change
  /// itself.
  package var upstream: [FeatureKey] = []
  /// Whether something in the feature's own definition enters its version and is another one.
  package var isOwn = false

  init(from old: VersionedGraph.Feature, to new: VersionedGraph.Feature) {
    key = new.key
    featureVersion = Transition(from: old.featureVersion, to: new.featureVersion)
    specVersion = Transition(from: old.specVersion, to: new.specVersion)
    compareFields(old.definition, new.definition)
    compareDependencies(old.definition, new.definition)
    changedMembers = Self.changedMembers(old.definition.spec, new.definition.spec)
  }

  private mutating func compareFields(_ old: FeatureDefinition, _ new: FeatureDefinition) {
    let before = Dictionary(old.fields.map { ($0.key, $0) }) { first, _ in first }
    let after = Dictionary(new.fields.map { ($0.key, $0) }) { first, _ in first }
    addedFields = new.fields.map(\.key).filter { before[$0] == nil }.sorted()
    removedFields = old.fields.map(\.key).filter { after[$0] == nil }.sorted()
    changedFields = new.fields.compactMap { field in before[field.key].flatMap { Field(from: $0, to: field) } }
      .sorted { $0.key < $1.key }
    isOwn = !(addedFields.isEmpty && removedFields.isEmpty && changedFields.isEmpty)
  }

  private mutating func compareDependencies(_ old: FeatureDefinition, _ new: FeatureDefinition) {
    let before = Set((old.dependencies ?? []).map(\.feature.key))
    let after = Set((new.dependencies ?? []).map(\.feature.key))
    addedDependencies = after.subtracting(before).sorted()
    removedDependencies = before.subtracting(after).sorted()
    // Only a field that depends on everything upstream has its version from what is upstream of the feature as a whole.
    let takesEverything = (old.fields + new.fields).contains { $0.dependencies == nil }
    if takesEverything, before != after { isOwn = true }
  }

  /// In the order of the new spec, those that only the old one has last.
  private static func changedMembers(_ old: JSONValue, _ new: JSONValue) -> [String] {
    func members(of spec: JSONValue) -> [String] {
      if case .object(let members) = spec { members.map(\.name) } else { [] }
    }
    let names = members(of: new) + members(of: old).filter { !members(of: new).containsExactly($0) }
    return names.filter { name in
      switch (old[name], new[name]) {
      case (let old?, let new?): old.canonicalText != new.canonicalText
      default: true
      }
    }
  }
}

extension FeatureChange.Field {
  /// nil where nothing is different that enters a version.
  fileprivate init?(from old: FieldSpec, to new: FieldSpec) {
    key = new.key
    let isSame = old.codeVersion.utf8.elementsEqual(new.codeVersion.utf8)
    codeVersion = isSame ? nil : .init(from: old.codeVersion, to: new.codeVersion)
    hasOtherDependencies = Self.taken(old) != Self.taken(new)
    guard codeVersion != nil || hasOtherDependencies else { return nil }
  }

  /// What a field is computed from; nil for everything. The order in which it is named does not count.
  private static func taken(_ field: FieldSpec) -> Set<FieldDependency>? { field.dependencies.map { Set($0) } }
}
