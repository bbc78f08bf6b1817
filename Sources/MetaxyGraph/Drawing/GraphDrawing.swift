import MetaxyFeatures

/// Renders graphs as text, deterministically.
package enum GraphDrawing {
  /// The number of characters of a version that are shown.
  static let shownCharacters = 8

  /// Returns a tree in which each feature's dependents are below it. A feature with several dependencies appears below
  /// each of them; its own dependents are listed only the first time, and `(*)` marks the repetitions, because the full
  /// tree can be exponentially large.
  package static func tree(of graph: VersionedGraph) -> String {
    var downstream: [FeatureKey: [FeatureKey]] = [:]
    for feature in graph.features { for key in feature.upstream { downstream[key, default: []].append(feature.key) } }
    // An explicit stack: a chain of 10,000 features would overflow the thread's stack.
    var pending = graph.features.filter { $0.upstream.isEmpty }.reversed().map {
      Branch(key: $0.key, prefix: "", stem: "", isLast: true)
    }
    var lines = ""
    var drawn: Set<FeatureKey> = []
    // Features of generation 0.1 may depend on each other.
    var others = graph.features.makeIterator()
    while let branch = pending.popLast() ?? Self.next(of: &others, besides: drawn) {
      let below = downstream[branch.key] ?? []
      let isNew = drawn.insert(branch.key).inserted
      lines += branch.prefix + branch.stem + line(graph[branch.key]) + (isNew || below.isEmpty ? "\n" : " (*)\n")
      guard isNew else { continue }
      let prefix = branch.prefix + (branch.stem.isEmpty ? "" : branch.isLast ? "   " : "│  ")
      for (position, key) in below.enumerated().reversed() {
        let isLast = position == below.count - 1
        pending.append(Branch(key: key, prefix: prefix, stem: isLast ? "└─ " : "├─ ", isLast: isLast))
      }
    }
    return lines + "snapshot: \(graph.snapshot)"
  }

  /// Returns the next feature that is not drawn yet, as a root.
  private static func next(
    of features: inout IndexingIterator<[VersionedGraph.Feature]>, besides drawn: Set<FeatureKey>
  ) -> Branch? {
    while let feature = features.next() {
      guard drawn.contains(feature.key) else { return Branch(key: feature.key, prefix: "", stem: "", isLast: true) }
    }
    return nil
  }

  /// Returns a flowchart in Mermaid's syntax. https://mermaid.js.org/syntax/flowchart.html
  package static func mermaid(_ graph: VersionedGraph) -> String {
    let text = graph.features.enumerated().map { position, feature in
      "  f\(position)[\"\(labelLines(feature).map(mermaidText).joined(separator: "<br/>"))\"]\n"
    }
    return "flowchart TB\n" + text.joined() + edges(of: graph).map { "  f\($0) --> f\($1)\n" }.joined()
      + "  %% snapshot: \(graph.snapshot)"
  }

  /// Returns a digraph in Graphviz's DOT language. https://graphviz.org/doc/info/lang.html
  package static func dot(_ graph: VersionedGraph) -> String {
    let text = graph.features.enumerated().map { position, feature in
      "  f\(position) [label=\"\(labelLines(feature).map(dotText).joined(separator: "\\n"))\"];\n"
    }
    return "digraph features {\n  node [shape=box];\n" + text.joined()
      + edges(of: graph).map { "  f\($0) -> f\($1);\n" }.joined() + "  // snapshot: \(graph.snapshot)\n}"
  }

  private struct Branch {
    var key: FeatureKey
    var prefix: String
    var stem: String
    var isLast: Bool
  }

  /// Returns the edges from each feature to its dependents, by position, in the order of the dependents.
  static func edges(of graph: VersionedGraph) -> [(Int, Int)] {
    let positions = Dictionary(uniqueKeysWithValues: graph.features.enumerated().map { ($1.key, $0) })
    return graph.features.enumerated().flatMap { position, feature in
      feature.upstream.compactMap { positions[$0].map { ($0, position) } }
    }
  }

  private static func line(_ feature: VersionedGraph.Feature?) -> String {
    feature.map { labelLines($0).map(visible).joined(separator: "  ") } ?? ""
  }

  private static func labelLines(_ feature: VersionedGraph.Feature) -> [String] {
    let fields = feature.definition.fields.map(\.key.text).joined(separator: ", ")
    let version = String(feature.featureVersion.prefix(shownCharacters))
    return [feature.key.text, version] + (fields.isEmpty ? [] : [fields])
  }

  /// Escapes characters that would break a line or change the text direction.
  private static func visible(_ text: String) -> String {
    escaping(text) { isInvisible($0) ? "\\u{\(String($0.value, radix: 16))}" : nil }
  }

  /// Escapes a quoted text, in which Mermaid interprets entities, HTML and, after a backtick, Markdown.
  private static func mermaidText(_ text: String) -> String {
    escaping(text) { isInvisible($0) || "\"#&<>`\\".unicodeScalars.contains($0) ? "#\($0.value);" : nil }
  }

  /// Escapes a label, in which Graphviz interprets backslash escapes and HTML entities.
  /// https://graphviz.org/docs/attr-types/escString/
  private static func dotText(_ text: String) -> String {
    escaping(text) { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "&": "&amp;"
      default: isInvisible(scalar) ? "&#\(scalar.value);" : nil
      }
    }
  }

  private static func escaping(_ text: String, _ escape: (Unicode.Scalar) -> String?) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if let other = escape(scalar) { escaped += other } else { escaped.unicodeScalars.append(scalar) }
    }
    return escaped
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .format: true
    default: false
    }
  }
}
