/// One revision to run, with the rows of the version table before and after it.
package struct RevisionStep: Sendable, Hashable {
  package var revision: String
  package var direction: RevisionDirection
  /// The version table's rows, sorted.
  package var before: [String]
  package var after: [String]

  package init(revision: String, direction: RevisionDirection, before: [String], after: [String]) {
    self.revision = revision
    self.direction = direction
    self.before = before
    self.after = after
  }
}

/// The steps of a command, in order.
package struct RevisionPlan: Sendable, Hashable {
  /// The version table's rows before the first step, sorted.
  package var from: [String]
  /// The requested revisions; none for the base.
  package var targets: [String]
  package var steps: [RevisionStep]

  /// Returns a plan without steps.
  package static func nothing(from rows: Set<String>) -> RevisionPlan {
    RevisionPlan(from: rows.sorted(), targets: [], steps: [])
  }

  /// The revisions that it runs, and those that become rows of the version table.
  package var changed: Set<String> { Set(steps.flatMap { [$0.revision] + $0.after }) }

  /// The version table's rows after the last step, sorted.
  package var to: [String] { steps.last?.after ?? from }

  /// Whether there is nothing to run because the database is already past the targets.
  package var isAlreadyPast: Bool { steps.isEmpty && !targets.isEmpty && !Set(targets).isSubset(of: from) }
}

extension RevisionGraph {
  /// - Parameter absent: the ancestors of the rows that are not applied.
  func plan(
    _ direction: RevisionDirection, _ path: [Int], from rows: [Int], targets: [Int], without absent: Set<Int>
  ) -> RevisionPlan {
    var current = Set(rows)
    var applied = closure(rows, allDown).subtracting(absent)
    let steps = path.map { index in
      let before = sortedNames(current)
      switch direction {
      case .upgrade:
        // The rows stay where they are above a revision that is applied late.
        if !absent.contains(index) {
          current.subtract(allDown[index])
          current.insert(index)
        }
        applied.insert(index)
      case .downgrade:
        current.remove(index)
        applied.remove(index)
        current.formUnion(
          neighbours(of: index, allDown, through: absent).filter { lower in
            neighbours(of: lower, allUp, through: absent).allSatisfy { !applied.contains($0) }
          })
      }
      return RevisionStep(
        revision: nodes[index].revision, direction: direction, before: before, after: sortedNames(current))
    }
    return RevisionPlan(from: sortedNames(Set(rows)), targets: names(targets), steps: steps)
  }

  /// Returns the next nodes along `edges`, and in the place of each absent one those that follow it.
  private func neighbours(of index: Int, _ edges: [[Int]], through absent: Set<Int>) -> [Int] {
    guard edges[index].contains(where: absent.contains) else { return edges[index] }
    return edges[index].flatMap { absent.contains($0) ? neighbours(of: $0, edges, through: absent) : [$0] }
  }

  private func sortedNames(_ indexes: Set<Int>) -> [String] { names(indexes).sorted() }
}
