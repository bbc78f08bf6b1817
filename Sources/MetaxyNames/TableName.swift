import MetaxyFeatures

/// The name of a table, with its schema if the engine has schemas.
///
/// Two names are equal if their scalars are, as in the engines.
package struct TableName: Sendable, Hashable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
  package var schema: String?
  package var name: String

  package init(_ name: String, schema: String? = nil) {
    self.name = name
    self.schema = schema
  }

  package init(stringLiteral name: String) { self.init(name) }

  /// PostgreSQL's default schema, used for tables without an explicit schema.
  package static let publicSchema = "public"

  /// Metaxy's system table of recorded features.
  package static let featureVersions = TableName("metaxy-system__feature_versions")

  /// The name for display: `video`, `archive.video`.
  package var description: String { schema.map { "\($0).\(name)" } ?? name }

  package static func == (left: TableName, right: TableName) -> Bool {
    left.schema.map(ScalarString.init) == right.schema.map(ScalarString.init)
      && ScalarString(left.name) == ScalarString(right.name)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(schema.map(ScalarString.init))
    hasher.combine(ScalarString(name))
  }

  /// The name as case-insensitive engines compare it.
  package var folded: String { description.folded }

  package static func < (left: TableName, right: TableName) -> Bool {
    (left.schema ?? "", left.name) < (right.schema ?? "", right.name)
  }
}
