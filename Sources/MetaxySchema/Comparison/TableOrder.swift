/// The order in which tables can be created: what a foreign key names comes before what declares it.
enum TableOrder {
  /// Sorts tables so that referenced ones come first and names decide elsewhere. In a cycle of references the first by
  /// name comes first.
  static func referencedFirst(_ tables: [Table]) -> [Table] {
    let byName = Dictionary(tables.map { ($0.name.folded, $0) }) { first, _ in first }
    var ordered: [Table] = []
    var seen: Set<String> = []
    for table in tables.sorted(by: { $0.name < $1.name }) {
      visit(table, byName, &seen, &ordered)
    }
    return ordered
  }

  private static func visit(
    _ root: Table, _ byName: [String: Table], _ seen: inout Set<String>, _ ordered: inout [Table]
  ) {
    // A stack of its own, as chains of references have no limit.
    var stack: [(table: Table, pending: [String])] = []
    func push(_ table: Table) {
      guard seen.insert(table.name.folded).inserted else { return }
      let references = Set(table.foreignKeys.map(\.table.folded)).sorted(by: >)
      stack.append((table, references))
    }
    push(root)
    while let (table, pending) = stack.last {
      guard let next = pending.last else {
        ordered.append(table)
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].pending.removeLast()
      if let referenced = byName[next] { push(referenced) }
    }
  }
}
