import MetaxyFeatures

/// The name of a table, with its schema where the engine has schemas.
///
/// Names are the same when their scalars are, as engines compare them.
package struct TableName: Sendable, Hashable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
  package var schema: String?
  package var name: String

  package init(_ name: String, schema: String? = nil) {
    self.name = name
    self.schema = schema
  }

  package init(stringLiteral name: String) { self.init(name) }

  /// The schema in which PostgreSQL puts what is named without one, where nobody says otherwise.
  package static let usualSchema = "public"

  /// The name as people write it: `video`, `archive.video`.
  package var description: String { schema.map { "\($0).\(name)" } ?? name }

  package static func == (left: TableName, right: TableName) -> Bool {
    left.schema.map(ScalarString.init) == right.schema.map(ScalarString.init)
      && ScalarString(left.name) == ScalarString(right.name)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(schema.map(ScalarString.init))
    hasher.combine(ScalarString(name))
  }

  /// The name as engines that do not tell capitals apart compare it.
  package var folded: String { description.folded }

  package static func < (left: TableName, right: TableName) -> Bool {
    (left.schema ?? "", left.name) < (right.schema ?? "", right.name)
  }
}
