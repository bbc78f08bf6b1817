package import MetaxyErrors
package import MetaxyNames

/// A table that another program declares: the statements that create it on each engine, with the types and indexes that
/// belong to it.
///
/// ```json
/// {"name": "video", "class_path": "shop.Video", "source": {"file": "shop.py", "line": 4},
///  "columns": {"size": {"file": "shop.py", "line": 6}},
///  "statements": {"sqlite": ["CREATE TABLE video (…)"], "postgresql": ["CREATE TABLE video (…)"]}}
/// ```
package struct DeclaredTable: Sendable, Hashable {
  package var name: TableName
  /// The class of its rows; nil if it has none.
  package var classPath: String?
  package var source: SourceLocation
  /// The places of those columns whose places are known.
  package var columns: [String: SourceLocation] = [:]
  /// The statements by dialect, in their order.
  package var statements: [String: [String]] = [:]
  /// Why there are no statements for a dialect.
  package var refused: [String: String] = [:]
  /// What the names of features' tables start with in the store that it was exported for.
  package var prefix = ""
}
