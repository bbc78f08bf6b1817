import MetaxyFeatures
import MetaxyJSON

/// The dependencies of a feature in the format that Metaxy has since 0.1.
extension ExportReader {
  private static let dependencyMembers01 = [
    "feature", "select", "rename", "fields_mapping", "sql_filters", "filters", "lineage", "optional",
  ]

  /// Reads a list of dependencies; Metaxy takes a text as the list of its letters.
  func dependencies01(_ node: JSONNode) -> [FeatureDependency]? {
    if case .scalar(.string(let text)) = node.content {
      let keys = text.unicodeScalars.map { FeatureKey(String($0)) }
      if let stranger = keys.first(where: { $0.problem01 != nil }) {
        report("the key `\(stranger)` \(stranger.problem01 ?? "")", at: node)
      }
      return keys.map { FeatureDependency(feature: .key($0)) }
    }
    return list(node, of: "dependencies", dependency01)
  }

  private func dependency01(_ node: JSONNode) -> FeatureDependency? {
    guard case .object(let members) = node.content, !["root", "parts"].contains(members.first?.name) else {
      return key01(node).map { FeatureDependency(feature: .key($0)) }
    }
    guard isObject(node, known: Self.dependencyMembers01, required: ["feature"]),
      let feature: FeatureKey = node["feature"].flatMap(key01)
    else { return nil }
    var dependency = FeatureDependency(feature: .key(feature))
    dependency.columns = node["select"].flatMap { $0.isNull ? nil : list($0, of: "texts", text) }
    dependency.rename = node["rename"].flatMap { $0.isNull ? nil : renames01($0) }
    refuseFormerNames(in: dependency, at: node)
    if node["filters"] != nil, let both = node["sql_filters"] {
      report("`filters` and `sql_filters` are two names of one member: remove one of them", at: both)
    }
    dependency.filters = (node["sql_filters"] ?? node["filters"]).flatMap {
      $0.isNull ? nil : list($0, of: "texts", text)
    }
    if let mapping = node["fields_mapping"].flatMap(mapping01) { dependency.fieldsMapping = mapping }
    if let lineage = node["lineage"].flatMap(lineage01) { dependency.lineage = lineage }
    if let isOptional = node["optional"].flatMap(flag01) { dependency.isOptional = isOptional }
    return dependency
  }

  private func renames01(_ node: JSONNode) -> ColumnRenames? {
    guard case .object(let members) = node.content else {
      refuse(node, expected: "an object of names")
      return nil
    }
    return ColumnRenames(members.compactMap { member in text(member.node).map { .init(member.name, to: $0) } })
  }

  /// Reports selected columns under the names that they had before the rename.
  private func refuseFormerNames(in dependency: FeatureDependency, at node: JSONNode) {
    let pairs = dependency.rename?.pairs ?? []
    let former = pairs.filter { pair in !pairs.contains { $0.new.utf8.elementsEqual(pair.old.utf8) } }
    for pair in former where dependency.columns?.containsExactly(pair.old) ?? false {
      report(
        "`select` names the column `\(pair.old)`, which `rename` renames to `\(pair.new)`",
        at: node["select"] ?? node)
    }
  }

  private func mapping01(_ node: JSONNode) -> FieldsMapping? {
    guard let mapping = node["mapping"], let type = mapping["type"].flatMap(text) else {
      refuse(node, expected: "an object with `mapping`, an object with `type`")
      return nil
    }
    switch type {
    case "all": return .all
    case "none": return FieldsMapping.none
    case "default":
      let matches = mapping["match_suffix"].map(flag01) ?? false
      let excluded: [FieldKey]? = mapping["exclude_fields"].map { list($0, of: "keys", key01) } ?? []
      return matches.flatMap { matches in excluded.map { .sameName(matchesSuffix: matches, excluding: $0) } }
    case "specific":
      guard let entries = mapping["mapping"], case .object(let members) = entries.content else {
        refuse(mapping["mapping"] ?? mapping, expected: "an object of fields and lists of fields")
        return nil
      }
      return .specific(members.compactMap(mappingEntry01))
    default:
      report("expected `default`, `all`, `none` or `specific`, found `\(type)`", at: mapping["type"] ?? mapping)
      return nil
    }
  }

  private func mappingEntry01(_ member: JSONNode.Member) -> FieldsMapping.Entry? {
    let field = FieldKey(member.name)
    if let problem = field.problem01 { report("the key `\(field)` \(problem)", at: member.node) }
    let parents: [FieldKey]? = list(member.node, of: "keys", key01)
    return parents.map { FieldsMapping.Entry(field, $0) }
  }

  private func lineage01(_ node: JSONNode) -> Lineage? {
    guard let relation = node["relationship"], let type = relation["type"].flatMap(text) else {
      refuse(node, expected: "an object with `relationship`, an object with `type`")
      return nil
    }
    let columns = relation["on"].flatMap { $0.isNull ? nil : list($0, of: "texts", text) }
    switch type {
    case "1:1": return .identity
    case "N:1": return .aggregation(on: columns)
    case "1:N":
      guard let node = relation["on"], !node.isNull else {
        report("the member `on` is missing", at: relation)
        return nil
      }
      let pattern = relation["id_generation_pattern"].flatMap { $0.isNull ? nil : text($0) }
      return columns.map { .expansion(on: $0, pattern: pattern) }
    default:
      report("expected `1:1`, `N:1` or `1:N`, found `\(type)`", at: relation["type"] ?? relation)
      return nil
    }
  }

  /// Reads a truth value in one of the forms that Metaxy accepts.
  ///
  /// https://docs.pydantic.dev/latest/concepts/conversion_table/
  private func flag01(_ node: JSONNode) -> Bool? {
    switch node.content {
    case .scalar(.number(let digits)):
      if let number = Double(digits), number == 0 || number == 1 { return number == 1 }
    case .scalar(.string(let text)):
      if ["1", "on", "t", "true", "y", "yes"].contains(text.lowercased()) { return true }
      if ["0", "off", "f", "false", "n", "no"].contains(text.lowercased()) { return false }
    default: break
    }
    return flag(node)
  }
}
