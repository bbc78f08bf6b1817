internal import MetaxyNames

/// What the names of the tables of features start with in a store.
///
/// It is in front of every table that a feature has, also of an explicit name, and of no other table: a reference to
/// `video` is one to `dev_video` if a feature has that table, and one to `video` if a `.sql` file has.
struct TablePrefix: Sendable {
  /// Empty for none.
  let text: String
  /// The folded names of features' tables, without the prefix.
  private var features: Set<String> = []

  init() { text = "" }

  init(_ text: String, tables: some Sequence<String>) {
    self.text = text
    features = Set(tables.map(\.folded))
  }

  /// Returns the name of a table that a definition refers to.
  func name(ofReferenced table: String) -> String { features.contains(table.folded) ? text + table : table }
}
