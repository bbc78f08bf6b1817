internal import MetaxyConfiguration

/// The environment variables `METAXY_ENTRYPOINTS`, `METAXY_ENTRYPOINT`, `METAXY_ENTRYPOINT_1`, …, which replace `entrypoints`.
struct EntrypointVariables {
  /// The entrypoints of all variables, sorted by the variable's name; nil if none is set. An empty one is not set.
  let entrypoints: [Entrypoint]?

  init(_ environment: [String: String]) {
    let set = environment.filter { $0.key.hasPrefix("METAXY_ENTRYPOINT") && !$0.value.isEmpty }
    let found = set.sorted { $0.key < $1.key }.flatMap { name, text in
      (VariableList.items(text) ?? [text]).map { Entrypoint(text: $0, origin: .variable(name)) }
    }
    entrypoints = set.isEmpty ? nil : found
  }
}
