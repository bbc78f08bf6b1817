/// Compares indexes by structure; a name counts only if it is explicit.
struct IndexComparator<Rules: ComparisonRules> {
  let rules: Rules
  /// The live indexes that the engine does not use. They match no desired index and are dropped.
  var invalidIndexes: Set<String> = []

  func differences(
    from live: Table, to desired: Table
  ) -> (renamed: [RenameIndex], removed: [DropIndex], added: [CreateIndex], kept: [(live: Index, desired: Index)]) {
    let invalid = live.indexes.filter { invalidIndexes.contains($0.name.text) }
    var (removed, added, kept) = ObjectMatcher.unmatched(
      live: live.indexes.filter { !invalidIndexes.contains($0.name.text) }, desired: desired.indexes,
      isSame: { isSame($0, of: live, $1, of: desired) && !rules.isOtherName($1.name, $0.name) },
      hasSameName: { rules.isSame(name: $0.name.text, $1.name.text) })
    let renamed =
      rules.renamesConstraints
      ? ObjectMatcher.pairs(&removed, &added) { isSame($0, of: live, $1, of: desired) }.map {
        RenameIndex(table: live.name, from: $0.live, to: $0.desired)
      } : []
    return (
      renamed,
      sorted(removed + invalid).map { DropIndex(table: live.name, index: $0) },
      sorted(added).map { CreateIndex(table: live.name, index: $0) }, kept
    )
  }

  private func sorted(_ indexes: [Index]) -> [Index] { indexes.sorted { $0.name.text < $1.name.text } }

  func isSame(_ live: Index, of liveTable: Table, _ desired: Index, of desiredTable: Table) -> Bool {
    live.isUnique == desired.isUnique
      && rules.isSame(live.elements, in: liveTable, desired.elements, in: desiredTable)
      && rules.isSame(live.predicate, desired.predicate)
      && live.method == desired.method && rules.isSame(names: live.includes, desired.includes)
      && live.nullsAreEqual == desired.nullsAreEqual && live.storage == desired.storage
  }
}
