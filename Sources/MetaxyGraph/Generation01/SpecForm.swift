package import MetaxyErrors
internal import MetaxyFeatures
package import MetaxyJSON
package import MetaxyNames

/// The generation whose form a spec has, or that an exported graph names.
package struct SpecForm: Sendable {
  package var generation: Generation
  /// Whether the other generation refuses the form.
  package var isCertain: Bool
  /// The location of what shows it.
  package var source: SourceLocation
}

extension ExportReader {
  /// Returns the generation of an exported graph: the one it names, or else that of the form of its specs; nil if both
  /// generations read the specs alike.
  package func form(ofSpecs specs: [JSONNode]) -> SpecForm? {
    if let node = root["generation"], let generation = node.text.flatMap(Generation.init(rawValue:)) {
      return SpecForm(generation: generation, isCertain: true, source: place(of: node))
    }
    let forms = specs.compactMap(form(of:))
    return forms.first(where: \.isCertain) ?? forms.first { $0.generation == .seed } ?? forms.first
  }

  /// A key is a list in the first releases, and a text since 0.1, which also always writes the dependencies as a list.
  private func form(of spec: JSONNode) -> SpecForm? {
    func form(_ generation: Generation, isCertain: Bool, at node: JSONNode?) -> SpecForm {
      SpecForm(generation: generation, isCertain: isCertain, source: place(of: node ?? spec))
    }
    if let deps = spec["deps"], deps.isNull { return form(.seed, isCertain: true, at: deps) }
    var dependencies: [JSONNode] = []
    if case .array(let elements) = spec["deps"]?.content { dependencies = elements }
    for dependency in dependencies {
      guard case .object(let members) = dependency.content else {
        return form(.release01, isCertain: true, at: dependency)
      }
      if let columns = dependency["columns"] { return form(.seed, isCertain: true, at: columns) }
      let own = ["select", "fields_mapping", "sql_filters", "filters", "lineage", "optional"]
      if let member = members.first(where: { own.contains($0.name) }) {
        return form(.release01, isCertain: true, at: member.node)
      }
    }
    guard let key = spec["key"] else { return nil }
    if case .array = key.content { return form(.seed, isCertain: false, at: key) }
    return key.text == nil || spec["deps"] == nil ? nil : form(.release01, isCertain: false, at: key)
  }
}

extension JSONNode {
  /// The value of a string; nil for anything else.
  fileprivate var text: String? { if case .string(let text) = value { text } else { nil } }
}
