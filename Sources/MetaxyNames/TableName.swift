import MetaxyFeatures

/// The name of a table, with its schema if the engine has schemas.
///
/// A name without a schema is one in the default schema. Two names are equal if their scalars are, as in the engines. Only
/// this value identifies a table, never text made from it: `a.b` is the table `b` in the schema `a`, or a table with a dot in
/// its name.
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
  package var description: String { reportText }

  /// The name in JSON reports, and the text that `ignore` patterns match: `video`, `archive.video`. Part of the interface.
  package var reportText: String { schema.map { "\($0).\(name)" } ?? name }

  package static func == (left: TableName, right: TableName) -> Bool {
    ScalarString(left.name) == ScalarString(right.name)
      && left.schema.map(ScalarString.init) == right.schema.map(ScalarString.init)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(schema.map(ScalarString.init))
    hasher.combine(ScalarString(name))
  }

  /// The name with its schema; `defaultSchema` if it has none.
  package func qualified(_ defaultSchema: String) -> TableName { TableName(name, schema: schema ?? defaultSchema) }

  /// The name as case-insensitive engines compare it.
  package var folded: TableName { TableName(name.folded, schema: schema?.folded) }

  /// Names without a schema come first.
  package static func < (left: TableName, right: TableName) -> Bool {
    if left.schema == nil, right.schema == nil { return ScalarString(left.name) < ScalarString(right.name) }
    let (first, second) = (ScalarString(left.schema ?? ""), ScalarString(right.schema ?? ""))
    return first == second ? ScalarString(left.name) < ScalarString(right.name) : first < second
  }
}
