package import MetaxyFeatures
internal import MetaxyJSON
package import MetaxyNames

/// The difference between two versions of one feature that both graphs contain.
package struct FeatureChange: Sendable, Hashable {
  /// A field whose own part of its version differs.
  package struct Field: Sendable, Hashable {
    package var key: FieldKey
    /// The code version before and after; nil if it is the same.
    package var codeVersion: Transition?
    /// Whether the field's dependencies differ.
    package var hasOtherDependencies: Bool
  }

  package struct Transition: Sendable, Hashable {
    package var from: String
    package var to: String
  }

  package var key: FeatureKey
  /// The feature version before and after; equal if only other members of the spec changed.
  package var featureVersion: Transition
  package var specVersion: Transition
  /// The generation, which decides whether ``specVersion`` is a spec version or a definition version.
  package var generation: Generation
  package var addedFields: [FieldKey] = []
  package var removedFields: [FieldKey] = []
  package var changedFields: [Field] = []
  package var addedDependencies: [FeatureKey] = []
  package var removedDependencies: [FeatureKey] = []
  /// The members of the spec that differ: `metadata`; `deps` if only its columns or renames do.
  package var changedMembers: [String] = []
  /// The dependencies that are new or whose versions changed: the reason for a recomputation if the feature itself did
  /// not change.
  package var upstream: [FeatureKey] = []
  /// Whether a part of the feature's own definition that enters its version differs.
  package var isOwn = false

  init(from old: VersionedGraph.Feature, to new: VersionedGraph.Feature) {
    key = new.key
    featureVersion = Transition(from: old.featureVersion, to: new.featureVersion)
    specVersion = Transition(from: old.specVersion, to: new.specVersion)
    generation = new.definition.generation
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
    // Only a field without dependencies of its own gets its version from the dependencies of the feature.
    let usesDependencies =
      old.fields.contains(where: old.usesDependencies) || new.fields.contains(where: new.usesDependencies)
    if usesDependencies, before != after || old.mappings != new.mappings { isOwn = true }
  }

  /// Returns the changed members in the order of the new spec; members that only the old spec has come last.
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

extension FeatureDefinition {
  /// Whether the dependencies of the feature decide about the parents of a field.
  func usesDependencies(_ field: FieldSpec) -> Bool {
    field.dependencies.map { generation == .release01 && $0.isEmpty } ?? true
  }

  /// The mappings of the dependencies, which only generation 0.1 has.
  fileprivate var mappings: [FeatureKey: Set<FieldsMapping>] {
    Dictionary(grouping: dependencies ?? []) { $0.feature.key }.mapValues { Set($0.map(\.fieldsMapping)) }
  }
}

extension FeatureChange.Field {
  /// Returns nil if nothing differs that enters a version.
  fileprivate init?(from old: FieldSpec, to new: FieldSpec) {
    key = new.key
    let isSame = old.codeVersion.utf8.elementsEqual(new.codeVersion.utf8)
    codeVersion = isSame ? nil : .init(from: old.codeVersion, to: new.codeVersion)
    hasOtherDependencies = Self.dependencySet(old) != Self.dependencySet(new)
    guard codeVersion != nil || hasOtherDependencies else { return nil }
  }

  /// Returns the fields that a field is computed from, regardless of their order; nil for everything.
  private static func dependencySet(_ field: FieldSpec) -> Set<FieldDependency>? { field.dependencies.map { Set($0) } }
}
