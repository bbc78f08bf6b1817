import MetaxyErrors
import MetaxyFeatures

/// A stored property that becomes a column.
struct DeclaredProperty: Sendable {
  enum InitialValue: Sendable {
    case literal(LiteralValue)
    /// A list or a dictionary, as JSON.
    case json(JSONValue)
    /// `.draft`: a case, where the type is an enumeration.
    case member(String)
  }

  var name: String
  /// The place of the name.
  var location: SourceLocation
  var type: WrittenType
  var arguments: ColumnArguments
  var comment: String?
  var initialValue: InitialValue?
}

/// The arguments of a `@Column`.
struct ColumnArguments: Sendable {
  var name: Located<String>?
  var type: ColumnType?
  /// Where `primaryKey: true` stands; nil without it.
  var primaryKey: SourceLocation?
  var isUnique = false
  var isIndexed = false
  var defaultValue: Located<ColumnDefault>?
  var references: ColumnReference?
  var generated: Located<GeneratedValue>?
  var collation: String?
  var comment: String?
  var renamedFrom: String?
  /// The constraints named.
  var namesGiven: [Located<String>] = []
}
