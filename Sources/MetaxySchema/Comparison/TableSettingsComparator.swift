internal import MetaxyNames

/// Compares the settings of tables. Those that refer to an index are the same if they refer to the same index, whatever
/// its name.
struct TableSettingsComparator<Rules: ComparisonRules> {
  let rules: Rules
  /// The preceding operations on the table.
  let operations: [MigrationOperation]

  func operations(from live: Table, to desired: Table) -> [MigrationOperation] {
    guard desired.specifiesSettings else { return [] }
    let old = live.settings.renamingIndexes(newNames)
    let new = desired.settings.renamingIndexes(liveNames(live, desired))
    let dropped = droppedIndexes
    let aspects = ChangeTableSettings.Aspect.allCases.filter { $0 != .inheritance }
    return aspects.compactMap { aspect in
      let change = ChangeTableSettings(table: live.name, aspect: aspect, from: old, to: new)
      let former = ChangeTableSettings(table: live.name, aspect: aspect, from: new, to: live.settings).index
      // PostgreSQL forgets a setting whose index it drops, although a new one has its name.
      let isForgotten = former.map(dropped.contains) ?? false
      return old.isSame(in: aspect, as: new) && !isForgotten ? nil : .changeTableSettings(change)
    }
  }

  /// The new names of renamed indexes and constraints.
  private var newNames: [String: String] {
    operations.reduce(into: [:]) { names, operation in
      switch operation {
      case .renameIndex(let rename): names[rename.old.name.text] = rename.new.name.text
      case .renameConstraint(let rename):
        if let old = rename.old.name?.text { names[old] = rename.new.name?.text ?? old }
      default: break
      }
    }
  }

  private var droppedIndexes: Set<String> {
    operations.reduce(into: []) { names, operation in
      switch operation {
      case .dropIndex(let removal): names.insert(removal.index.name.text)
      case .dropConstraint(let removal): if let name = removal.constraint.name?.text { names.insert(name) }
      default: break
      }
    }
  }

  /// Returns the names in the database of the desired indexes that exist under another name.
  private func liveNames(_ live: Table, _ desired: Table) -> [String: String] {
    let settings = desired.settings
    guard settings.clusteredIndex != nil || settings.replicaIdentity.indexName != nil else { return [:] }
    let constraints =
      PrimaryKeyComparator(rules: rules).differences(from: live, to: desired).kept
      + UniqueComparator(rules: rules).differences(from: live, to: desired).kept
      + ExclusionComparator(rules: rules).differences(from: live, to: desired).kept
    var names: [String: String] = [:]
    for pair in constraints { if let name = pair.desired.name?.text { names[name] = pair.live.name?.text ?? name } }
    for pair in IndexComparator(rules: rules).differences(from: live, to: desired).kept {
      names[pair.desired.name.text] = pair.live.name.text
    }
    return names
  }
}
