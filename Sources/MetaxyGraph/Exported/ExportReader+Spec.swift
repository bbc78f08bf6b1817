package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyJSON
package import MetaxyNames

/// Specs in Metaxy's JSON format.
extension ExportReader {
  /// Reads a feature from its spec; reports errors in the spec and returns nil.
  ///
  /// A missing member gets Metaxy's default, except the key and the ID columns. Members that are not part of every spec
  /// are its attributes.
  ///
  /// - Parameters:
  ///   - source: the location of the feature as a whole.
  ///   - generation: the generation whose form the spec has.
  package func definition(
    _ spec: JSONNode, typeName: String, source: SourceLocation, _ generation: Generation = .seed
  ) -> FeatureDefinition? {
    switch generation {
    case .seed: seedDefinition(spec, typeName: typeName, source: source)
    case .release01: definition01(spec, typeName: typeName, source: source)
    }
  }

  private func seedDefinition(_ spec: JSONNode, typeName: String, source: SourceLocation) -> FeatureDefinition? {
    let before = diagnostics.count
    guard case .object(let members) = spec.content else {
      refuse(spec, expected: "an object")
      return nil
    }
    reportSlips(in: members, of: spec)
    guard has(["key", "id_columns"], in: spec), let key: FeatureKey = spec["key"].flatMap(key),
      let ids = spec["id_columns"].flatMap(idColumns)
    else { return nil }
    let dependencies = spec["deps"].flatMap { $0.isNull ? nil : list($0, of: "dependencies", dependency) }
    let fields = spec["fields"].map { list($0, of: "fields", field) ?? [] } ?? [FieldSpec(key: "default")]
    if let metadata = spec["metadata"], metadata.isNull { refuse(metadata, expected: "an object") }
    guard diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return nil }
    var definition = FeatureDefinition(
      key: key, typeName: typeName, source: source, idColumns: ids.names, dependencies: dependencies, fields: fields,
      metadata: spec["metadata"]?.value, attributes: attributes(members),
      places: FeaturePlaces(dependencies: places(in: spec["deps"]), fields: places(in: spec["fields"])))
    definition.writesIDColumnAsText = ids.isText
    return definition
  }

  /// Returns the key of a spec even if the rest of it is invalid, so that the dependents of the feature do not report
  /// it as missing.
  package func keyIgnoringErrors(of spec: JSONNode) -> FeatureKey? {
    switch spec["key"]?.value {
    case .string(let text): return FeatureKey(text)
    case .array(let parts):
      let texts = parts.compactMap { if case .string(let text) = $0 { text } else { nil as String? } }
      return texts.count == parts.count ? FeatureKey(texts) : nil
    default: return nil
    }
  }

  func places(in list: JSONNode?) -> [SourceLocation] {
    guard case .array(let elements) = list?.content else { return [] }
    return elements.map(place)
  }

  private func attributes(_ members: [JSONNode.Member]) -> JSONValue? {
    let further = members.filter { !SpecAttributes.ownMembers.containsExactly($0.name) }
    return further.isEmpty ? nil : .object(further.map { JSONValue.Member($0.name, $0.node.value) })
  }

  /// Warns about a misspelt member. Any member is allowed, because a class of specs may add its own, but a name close
  /// to a known member is probably a mistake.
  private func reportSlips(in members: [JSONNode.Member], of spec: JSONNode) {
    for member in members where !SpecAttributes.ownMembers.containsExactly(member.name) {
      guard let closest = Suggestion.closest(to: member.name, in: SpecAttributes.ownMembers) else { continue }
      if spec[closest] == nil {
        report(unknown: member, among: [closest])
      } else {
        warn("`\(member.name)` is taken as an attribute of the spec, beside `\(closest)`", about: member)
      }
    }
  }
}

/// The parts of a spec.
extension ExportReader {
  /// Reads a list of column names, or a single string: a base can store its one column so, and the spec keeps the form.
  private func idColumns(_ node: JSONNode) -> (names: [String], isText: Bool)? {
    if case .scalar(.string) = node.content { return name(node).map { ([$0], true) } }
    guard let names = names(node) else { return nil }
    guard !names.isEmpty else {
      report("the list of ID columns is empty: it must identify a sample", at: node)
      return nil
    }
    var seen: Set<ScalarString> = []
    for name in names where !seen.insert(ScalarString(name)).inserted {
      report("the ID column `\(name)` is named twice", at: node)
      return nil
    }
    return (names, false)
  }

  private func dependency(_ node: JSONNode) -> FeatureDependency? {
    guard isObject(node, known: ["feature", "columns", "rename"], required: ["feature"]),
      let feature: FeatureKey = node["feature"].flatMap(key)
    else { return nil }
    let columns = node["columns"].flatMap { $0.isNull ? nil : names($0) }
    let rename = node["rename"].flatMap { $0.isNull ? nil : renames($0) }
    return FeatureDependency(feature: .key(feature), columns: columns, rename: rename)
  }

  private func renames(_ node: JSONNode) -> ColumnRenames? {
    guard case .object(let members) = node.content else {
      refuse(node, expected: "an object of names")
      return nil
    }
    return ColumnRenames(
      members.compactMap { member in name(member.node).map { ColumnRenames.Pair(member.name, to: $0) } })
  }

  private func field(_ node: JSONNode) -> FieldSpec? {
    guard isObject(node, known: ["key", "code_version", "deps"], required: ["key", "code_version"]),
      let key: FieldKey = node["key"].flatMap(key), let version = node["code_version"].flatMap(text)
    else { return nil }
    guard let deps = node["deps"], !isEverything(deps) else { return FieldSpec(key: key, codeVersion: version) }
    guard let dependencies = list(deps, of: "dependencies, or `\(FieldSpec.everything)`", fieldDependency) else {
      return nil
    }
    return FieldSpec(key: key, codeVersion: version, dependencies: dependencies)
  }

  private func fieldDependency(_ node: JSONNode) -> FieldDependency? {
    guard isObject(node, known: ["feature", "fields"], required: ["feature"]),
      let feature: FeatureKey = node["feature"].flatMap(key)
    else { return nil }
    guard let fields = node["fields"], !isEverything(fields) else {
      return FieldDependency(feature: .key(feature), fields: nil)
    }
    guard let keys: [FieldKey] = list(fields, of: "keys, or `\(FieldSpec.everything)`", key) else { return nil }
    return FieldDependency(feature: .key(feature), fields: keys)
  }

  func isEverything(_ node: JSONNode) -> Bool {
    if case .scalar(.string(FieldSpec.everything)) = node.content { return true }
    return false
  }

  /// Reads a key as a list of parts, or as a string in the form of later releases: `"video/crop"`.
  private func key<Key: PathKey>(_ node: JSONNode) -> Key? {
    let key: Key
    switch node.content {
    case .scalar(.string(let text)): key = Key(text)
    case .array:
      guard let parts = list(node, of: "texts", text) else { return nil }
      key = Key(parts)
    default:
      refuse(node, expected: "a key, as a list of its parts")
      return nil
    }
    if let problem = key.problem {
      report("the key `\(key)` \(problem)", at: node)
      return nil
    }
    return key
  }
}
