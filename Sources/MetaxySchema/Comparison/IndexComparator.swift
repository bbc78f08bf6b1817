import MetaxyFeatures

/// Compares indexes by what they hold; a name counts only when it is given.
struct IndexComparator<Rules: ComparisonRules> {
  let rules: Rules

  func operations(from live: Table, to desired: Table) -> [any MigrationOperation] {
    let (removed, added) = Matching.unmatched(
      live: live.indexes, desired: desired.indexes,
      isSame: { isSame($0, of: live, $1, of: desired) && !rules.isOtherName($1.name, $0.name) },
      hasSameName: { rules.isSame(name: $0.name.text, $1.name.text) })
    return sorted(removed).map { DropIndex(table: live.name, index: $0) }
      + sorted(added).map { CreateIndex(table: live.name, index: $0) }
  }

  private func sorted(_ indexes: [Index]) -> [Index] { indexes.sorted { $0.name.text < $1.name.text } }

  private func isSame(_ live: Index, of liveTable: Table, _ desired: Index, of desiredTable: Table) -> Bool {
    live.isUnique == desired.isUnique
      && live.elements.count == desired.elements.count
      && zip(live.elements, desired.elements).allSatisfy {
        isSame($0, $1) && hasSameCollation($0, in: liveTable, $1, in: desiredTable)
      }
      && rules.isSame(live.predicate, desired.predicate)
  }

  private func isSame(_ live: IndexElement, _ desired: IndexElement) -> Bool {
    guard live.isDescending == desired.isDescending else { return false }
    return switch (live.term, desired.term) {
    case (.column(let left), .column(let right)): rules.isSame(name: left, right)
    case (.expression(let left), .expression(let right)): rules.isSame(left, right)
    default: false
    }
  }

  /// An element without a collation takes that of its column.
  private func hasSameCollation(
    _ live: IndexElement, in liveTable: Table, _ desired: IndexElement, in desiredTable: Table
  ) -> Bool {
    if live.collation == nil, desired.collation == nil { return true }
    return rules.isSame(collation: collation(of: live, in: liveTable), collation(of: desired, in: desiredTable))
  }

  private func collation(of element: IndexElement, in table: Table) -> String? {
    guard element.collation == nil, case .column(let name) = element.term else { return element.collation }
    return table.column(name)?.collation
  }
}
