internal import MetaxyRevisions

/// The ancestors of revisions, by the parents of their files or by others.
struct RevisionHistory {
  private let revisions: RevisionDirectory
  private let parents: (String) -> [String]?

  /// - Parameter parents: the parents of a revision; nil for those of its file.
  init(_ revisions: RevisionDirectory, parents: @escaping (String) -> [String]? = { _ in nil }) {
    self.revisions = revisions
    self.parents = parents
  }

  /// Returns revisions with their ancestors, ancestors first.
  func ancestors(of names: [String]) -> [String] {
    var order: [String] = []
    var seen: Set<String> = []
    // A history can be longer than the stack of a thread is deep.
    var waiting = names.reversed().map { (revision: $0, isPassed: false) }
    while let next = waiting.popLast() {
      if next.isPassed {
        order.append(next.revision)
      } else if seen.insert(next.revision).inserted {
        waiting.append((next.revision, true))
        waiting += before(next.revision).reversed().filter { !seen.contains($0) }.map { ($0, false) }
      }
    }
    return order
  }

  private func before(_ revision: String) -> [String] {
    guard let file = revisions[revision] else { return [] }
    return (parents(revision) ?? file.downRevisions) + file.dependencies
  }
}
