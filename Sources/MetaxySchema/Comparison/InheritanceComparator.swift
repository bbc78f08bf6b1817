internal import MetaxyNames

/// Compares the parents of tables.
///
/// A child leaves a parent before either of them changes, because changes of a parent reach it, and joins one when it has
/// the parent's columns.
struct InheritanceComparator {
  func operations(for pairs: TablePairs) -> (first: [MigrationOperation], last: [MigrationOperation]) {
    let changes = pairs.kept.filter(\.desired.specifiesSettings).map { pair in
      ChangeTableSettings(
        table: pair.live.name, aspect: .inheritance, from: pair.live.settings, to: pair.desired.settings)
    }
    return (
      changes.filter { !$0.leftParents.isEmpty }.map { .changeTableSettings($0.leaving) },
      changes.filter { !$0.joinedParents.isEmpty }.map { .changeTableSettings($0.joining) }
    )
  }
}

extension ChangeTableSettings {
  /// The settings with only the parents that stay.
  private var between: TableSettings {
    var settings = old
    settings.parents.removeLast(leftParents.count)
    return settings
  }

  fileprivate var leaving: ChangeTableSettings {
    ChangeTableSettings(table: table, aspect: aspect, from: old, to: between)
  }

  fileprivate var joining: ChangeTableSettings {
    ChangeTableSettings(table: table, aspect: aspect, from: between, to: new)
  }
}
