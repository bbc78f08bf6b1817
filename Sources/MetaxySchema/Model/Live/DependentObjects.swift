package import MetaxyNames
internal import MetaxySQL

/// The triggers of a table and the views that read it, of an engine that keeps them as text.
///
/// They are not managed and never compared. A change that drops one of them restores it, or is refused.
package struct DependentObjects: Sendable, Hashable {
  /// The triggers on the table.
  package var triggers: [Trigger]
  /// The views that read the table.
  package var views: [TableName]
  /// The lower-case words of each of these views, among which are the columns that it names.
  package var wordsOfViews: [TableName: Set<String>]
  /// The lower-case words of the triggers that name the table, those of other tables included.
  package var wordsOfTriggers: [String: Set<String>]

  package init(
    triggers: [Trigger] = [], views: [TableName] = [], wordsOfViews: [TableName: Set<String>] = [:],
    wordsOfTriggers: [String: Set<String>] = [:]
  ) {
    self.triggers = triggers
    self.views = views
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
