import MetaxyRevisions

extension RevisionGraph {
  /// Builds a graph from a micro-history: `a; b<a; c<a,b [label] {dependency}`.
  init(_ history: String) throws {
    let nodes = history.split(separator: ";").map { part in
      let words = part.split(separator: " ")
      let names = words[0].split(separator: "<")
      func list(_ open: Character) -> [String] {
        words.filter { $0.first == open }.flatMap { $0.dropFirst().dropLast().split(separator: ",").map { String($0) } }
      }
      return RevisionNode(
        String(names[0]), downRevisions: names.dropFirst().flatMap { $0.split(separator: ",").map { String($0) } },
        dependencies: list("{"), branchLabels: list("["), path: "\(names[0]).sql")
    }
    try self.init(nodes)
  }
}
