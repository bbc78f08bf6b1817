internal import MetaxyErrors
internal import MetaxySorting

/// Resolves the references between revisions, sorts the revisions, and collects the problems.
struct RevisionLinks {
  private let revisions: [RevisionNode]
  private(set) var indexes: [String: Int] = [:]
  private(set) var labels: [String: Int] = [:]
  private(set) var down: [[Int]] = []
  private(set) var allDown: [[Int]] = []
  private(set) var problems: [Diagnostic] = []
  /// The revisions without a file that others revise.
  private(set) var missing: [String] = []

  init(_ revisions: [RevisionNode]) {
    self.revisions = revisions
    for index in revisions.indices { register(index) }
    for index in revisions.indices { registerLabels(index) }
    for index in revisions.indices { link(index) }
  }

  private mutating func register(_ index: Int) {
    let name = revisions[index].revision
    guard let other = indexes[name] else {
      indexes[name] = index
      return
    }
    report(
      "revision `\(name)` is also in `\(revisions[other].path)`", index,
      notes: [Diagnostic.Note("the other file", at: location(other))])
  }

  private mutating func registerLabels(_ index: Int) {
    for label in revisions[index].branchLabels {
      if let other = labels[label], other != index {
        report("branch label `\(label)` is also in `\(revisions[other].path)`", index)
      } else if indexes[label] != nil {
        report("branch label `\(label)` is also the name of a revision", index)
      }
      labels[label] = index
    }
  }

  private mutating func link(_ index: Int) {
    let node = revisions[index]
    var followed: [Int] = []
    for name in node.downRevisions {
      if name == node.revision {
        report("revision `\(name)` revises itself, which is a cycle", index)
      } else if let target = indexes[name] {
        followed.append(target)
      } else {
        if !missing.contains(name) { missing.append(name) }
        report("revision `\(node.revision)` revises `\(name)`, which no file holds", index)
      }
    }
    var all = followed
    for name in node.dependencies {
      let target = indexes[name] ?? labels[name]
      if target == index {
        report("revision `\(node.revision)` depends on itself, which is a cycle", index)
      } else if let target {
        all.append(target)
      } else {
        report("revision `\(node.revision)` depends on `\(name)`, which no file holds", index)
      }
    }
    down.append(Self.unique(followed))
    allDown.append(Self.unique(all))
  }

  /// Returns the revisions in topological order, depth first, so that the revisions of a branch stay together.
  mutating func sorted() -> [Int] {
    let sort = DependencySort(needs: allDown)
    for cycle in sort.cycles { reportCycle(cycle) }
    return sort.order
  }

  private mutating func reportCycle(_ cycle: [Int]) {
    let names = (cycle + cycle.prefix(1)).map { "`\(revisions[$0].revision)`" }.joined(separator: " → ")
    report(
      "the revisions \(names) form a cycle", cycle[0],
      notes: cycle.dropFirst().map { Diagnostic.Note("`\(revisions[$0].revision)`", at: location($0)) })
  }

  private mutating func report(_ message: String, _ index: Int, notes: [Diagnostic.Note] = []) {
    problems.append(Diagnostic(.error, message, at: location(index), notes: notes))
  }

  private func location(_ index: Int) -> SourceLocation {
    SourceLocation(file: revisions[index].path, line: 1, column: 1)
  }

  private static func unique(_ values: [Int]) -> [Int] {
    var seen: Set<Int> = []
    return values.filter { seen.insert($0).inserted }
  }
}
