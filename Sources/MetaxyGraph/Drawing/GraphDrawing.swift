import MetaxyFeatures

/// Draws graphs as text: the same text for the same graph, always.
package enum GraphDrawing {
  /// How many characters of a version are shown.
  private static let shownCharacters = 8

  /// A tree with what depends on a feature below it. A feature that depends on several stands below each of them, and what
  /// is below it, marked `(*)`, only the first time: written out in full the tree may be exponentially large.
  package static func tree(of graph: VersionedGraph) -> String {
    var downstream: [FeatureKey: [FeatureKey]] = [:]
    for feature in graph.features { for key in feature.upstream { downstream[key, default: []].append(feature.key) } }
    // With a stack of its own: a chain of 10,000 features must not exhaust the thread's.
    var pending = graph.features.filter { $0.upstream.isEmpty }.reversed().map {
      Branch(key: $0.key, prefix: "", stem: "", isLast: true)
    }
    var lines = ""
    var drawn: Set<FeatureKey> = []
    while let branch = pending.popLast() {
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

  /// A flowchart in Mermaid's words. https://mermaid.js.org/syntax/flowchart.html
  package static func mermaid(_ graph: VersionedGraph) -> String {
    let text = graph.features.enumerated().map { position, feature in
      "  f\(position)[\"\(labelLines(feature).map(mermaidText).joined(separator: "<br/>"))\"]\n"
    }
    return "flowchart TB\n" + text.joined() + edges(of: graph).map { "  f\($0) --> f\($1)\n" }.joined()
      + "  %% snapshot: \(graph.snapshot)"
  }

  /// A digraph in Graphviz's words. https://graphviz.org/doc/info/lang.html
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

  /// From each feature to those that depend on it, by their positions; in the order of the latter.
  private static func edges(of graph: VersionedGraph) -> [(Int, Int)] {
    let positions = Dictionary(uniqueKeysWithValues: graph.features.enumerated().map { ($1.key, $0) })
    return graph.features.enumerated().flatMap { position, feature in
      feature.upstream.compactMap { positions[$0].map { ($0, position) } }
    }
  }

  private static func line(_ feature: VersionedGraph.Feature?) -> String {
    feature.map { labelLines($0).map(visible).joined(separator: "  ") } ?? ""
  }

  private static func labelLines(_ feature: VersionedGraph.Feature) -> [String] {
    let fields = feature.definition.fields.map(\.key.description).joined(separator: ", ")
    let version = String(feature.featureVersion.prefix(shownCharacters))
    return [feature.key.description, version] + (fields.isEmpty ? [] : [fields])
  }

  /// Text that cannot break a line, nor turn what follows it around.
  private static func visible(_ text: String) -> String {
    escaping(text) { isUnseen($0) ? "\\u{\(String($0.value, radix: 16))}" : nil }
  }

  /// In quotes Mermaid reads entities, HTML and, behind a backtick, Markdown.
  private static func mermaidText(_ text: String) -> String {
    escaping(text) { isUnseen($0) || "\"#&<>`\\".unicodeScalars.contains($0) ? "#\($0.value);" : nil }
  }

  /// Labels know escapes that begin with a backslash, and HTML's entities.
  /// https://graphviz.org/docs/attr-types/escString/
  private static func dotText(_ text: String) -> String {
    escaping(text) { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "&": "&amp;"
      default: isUnseen(scalar) ? "&#\(scalar.value);" : nil
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

  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .format: true
    default: false
    }
  }
}
