import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph

/// A stored property that becomes a column.
struct DeclaredProperty: Sendable {
  enum InitialValue: Sendable {
    case literal(LiteralValue)
    /// A list or a dictionary as JSON.
    case json(JSONValue)
    /// `.draft`: a case, if the type is an enumeration.
    case member(String)
  }

  let name: String
  /// The location of the name.
  let location: SourceLocation
  let type: WrittenType
  let arguments: ColumnArguments
  let comment: String?
  let initialValue: InitialValue?
  let access: AccessLevel
  /// The column's name: explicit, or generated from the property's. Generated once, while files are read in parallel,
  /// because every rule uses it.
  let columnName: String

  init(
    name: String, location: SourceLocation, type: WrittenType, arguments: ColumnArguments, comment: String?,
    initialValue: InitialValue?, access: AccessLevel
  ) {
    self.name = name
    self.location = location
    self.type = type
    self.arguments = arguments
    self.comment = comment
    self.initialValue = initialValue
    self.access = access
    columnName = arguments.name?.value ?? ColumnName.from(property: name)
  }
}

/// The arguments of a `@Column`.
struct ColumnArguments: Sendable {
  var name: Located<String>?
  var type: ColumnType?
  /// The location of `primaryKey: true`; nil without it.
  var primaryKey: SourceLocation?
  var isUnique = false
  var isIndexed = false
  var defaultValue: Located<ColumnDefault>?
  var references: ColumnReference?
  var generated: Located<GeneratedValue>?
  var collation: String?
  var comment: String?
  var renamedFrom: String?
  /// The former values with the present ones.
  var renamedValues: [(old: Located<String>, new: Located<String>)] = []
  var backfill: Located<ColumnDefault>?
  var using: Located<SQLExpression>?
  /// The explicit names of constraints.
  var explicitNames: [Located<String>] = []
}
