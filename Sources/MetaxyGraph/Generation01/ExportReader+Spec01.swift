import MetaxyErrors
package import MetaxyFeatures
import MetaxyJSON
internal import MetaxyNames

/// Specs in the JSON format that Metaxy has since 0.1.
extension ExportReader {
  private static let members01 = ["key", "id_columns", "deps", "fields", "metadata", "description"]

  /// Reads a feature from its spec; reports errors in the spec and returns nil.
  ///
  /// A missing member gets Metaxy's default, except the key and the ID columns.
  func definition01(_ spec: JSONNode, typeName: String, source: SourceLocation) -> FeatureDefinition? {
    let before = diagnostics.count
    guard isObject(spec, known: Self.members01, required: ["key", "id_columns"]),
      let key: FeatureKey = spec["key"].flatMap(key01), let ids = spec["id_columns"].flatMap(idColumns01)
    else { return nil }
    let dependencies = spec["deps"].map(dependencies01) ?? []
    let fields = spec["fields"].map { list($0, of: "fields", field01) ?? [] } ?? [FieldSpec(field01: "default")]
    var metadata: JSONValue?
    if let node = spec["metadata"] {
      if case .object = node.content {
        metadata = node.value.withoutNonFinite
      } else {
        refuse(node, expected: "an object")
      }
    }
    var definition = FeatureDefinition(
      key: key, typeName: typeName, source: source, idColumns: ids, dependencies: dependencies, fields: fields,
      metadata: metadata,
      places: FeaturePlaces(dependencies: places(in: spec["deps"]), fields: places(in: spec["fields"])))
    definition.generation = .release01
    definition.details01.description = spec["description"].flatMap { $0.isNull ? nil : text($0) }
    return diagnostics[before...].contains { $0.severity == .error } ? nil : definition
  }

  /// Reads a list of names; Metaxy takes a text as the list of its letters.
  private func idColumns01(_ node: JSONNode) -> [String]? {
    let names: [String]?
    if case .scalar(.string(let text)) = node.content {
      names = text.unicodeScalars.map { String($0) }
    } else {
      names = list(node, of: "texts", text)
    }
    if let names, names.isEmpty { report("the list of ID columns is empty: it must identify a sample", at: node) }
    return names
  }

  private func field01(_ node: JSONNode) -> FieldSpec? {
    guard case .object = node.content else {
      return key01(node).map { FieldSpec(field01: $0) }
    }
    guard isObject(node, known: ["key", "code_version", "deps"], required: []) else { return nil }
    let key: FieldKey? = node["key"].map(key01) ?? "default"
    let version = node["code_version"].map(text) ?? FieldSpec.initialCodeVersion01
    guard let key, let version else { return nil }
    guard let deps = node["deps"] else { return FieldSpec(key: key, codeVersion: version, dependencies: []) }
    if isEverything(deps) { return FieldSpec(key: key, codeVersion: version) }
    return list(deps, of: "dependencies, or `\(FieldSpec.everything)`", fieldDependency01).map {
      FieldSpec(key: key, codeVersion: version, dependencies: $0)
    }
  }

  private func fieldDependency01(_ node: JSONNode) -> FieldDependency? {
    guard isObject(node, known: ["feature", "fields"], required: ["feature"]),
      let feature: FeatureKey = node["feature"].flatMap(key01)
    else { return nil }
    guard let fields = node["fields"], !isEverything(fields) else {
      return FieldDependency(feature: .key(feature), fields: nil)
    }
    let keys: [FieldKey]? = list(fields, of: "keys, or `\(FieldSpec.everything)`", key01)
    return keys.map { FieldDependency(feature: .key(feature), fields: $0) }
  }
}

/// Keys.
extension ExportReader {
  /// Reads a key as text, as a list of its parts, or as an object with `root` or `parts`.
  func key01<Key: PathKey>(_ node: JSONNode) -> Key? {
    guard let key: Key = keyIgnoringRules01(node) else { return nil }
    if let problem = key.problem01 {
      report("the key `\(key)` \(problem)", at: node)
      return nil
    }
    return key
  }

  private func keyIgnoringRules01<Key: PathKey>(_ node: JSONNode) -> Key? {
    switch node.content {
    case .scalar(.string(let text)): return Key(text)
    case .array: return list(node, of: "texts", text).map { Key($0) }
    case .object(let members):
      guard members.count == 1, let member = members.first, ["root", "parts"].contains(member.name),
        case .array(let parts) = member.node.content
      else { break }
      // A list that holds the key itself.
      if parts.count == 1, case .object = parts[0].content { return keyIgnoringRules01(parts[0]) }
      return list(member.node, of: "texts", text).map { Key($0) }
    default: break
    }
    refuse(node, expected: "a key, as a text")
    return nil
  }
}

extension FieldSpec {
  /// The code version of a field that has none since Metaxy 0.1.
  package static let initialCodeVersion01 = "__metaxy_initial__"

  /// A field with nothing but a key: its parents follow from the mappings of the dependencies.
  package init(field01 key: FieldKey) {
    self.init(key: key, codeVersion: Self.initialCodeVersion01, dependencies: [])
  }
}

extension JSONValue {
  /// The value with null for the numbers that JSON does not have, as Metaxy stores it.
  var withoutNonFinite: JSONValue {
    switch self {
    case .number(let digits): JSONNode.nonFinite.contains(digits) ? .null : self
    case .array(let elements): .array(elements.map(\.withoutNonFinite))
    case .object(let members): .object(members.map { Member($0.name, $0.value.withoutNonFinite) })
    default: self
    }
  }
}
