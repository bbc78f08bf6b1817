package import MetaxySQL

/// The objects of a database that depend on a table: its triggers, and the views and row policies that read it.
///
/// They are not managed and never compared. A change that drops one of them restores it, or is refused.
package struct DependentObjects: Sendable, Hashable {
  /// The triggers on the table.
  package var triggers: [Trigger]
  /// The views that read the table.
  package var views: [TableName]
  /// The row policies that name columns of the table, those of other tables included.
  package var policies: [Policy]
  /// The lower-case words of each of these views, among which are the columns that it names.
  package var wordsOfViews: [TableName: Set<String>]
  /// The lower-case words of the triggers that name the table, those of other tables included.
  package var wordsOfTriggers: [String: Set<String>]

  package init(
    triggers: [Trigger] = [], views: [TableName] = [], policies: [Policy] = [],
    wordsOfViews: [TableName: Set<String>] = [:], wordsOfTriggers: [String: Set<String>] = [:]
  ) {
    self.triggers = triggers
    self.views = views
    self.policies = policies
    self.wordsOfViews = wordsOfViews
    self.wordsOfTriggers = wordsOfTriggers
  }

  /// The views that name a column, or seem to.
  package func views(naming column: String) -> [TableName] {
    views.filter { wordsOfViews[$0]?.contains(column.folded) == true }
  }

  /// The triggers that name a column, or seem to.
  package func triggers(naming column: String) -> [String] {
    wordsOfTriggers.filter { $0.value.contains(column.folded) }.keys.sorted()
  }
}
