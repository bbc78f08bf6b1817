package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyNames

/// The rules that the table of a feature follows, whether the feature is written in Swift or as exported JSON.
///
/// The rules state the problem; the reader of each form knows its location.
package struct FeatureRules: Sendable {
  /// The form of a feature; its terms are used in messages.
  package enum Form: Sendable {
    case swift, json

    var nullable: String { self == .swift ? "optional" : "nullable" }
    var missing: String { self == .swift ? "is declared by no property" : "is not a column of its table" }
  }

  package struct Column: Sendable {
    package var name: String
    /// Nil if the type could not be read.
    package var type: ColumnType?
    package var isNullable: Bool
    package var hasDefault: Bool
    package var isGenerated: Bool
    /// Whether the column itself declares that it belongs to the primary key.
    package var isPrimaryKey: Bool

    package init(
      name: String, type: ColumnType?, isNullable: Bool, hasDefault: Bool, isGenerated: Bool, isPrimaryKey: Bool
    ) {
      self.name = name
      self.type = type
      self.isNullable = isNullable
      self.hasDefault = hasDefault
      self.isGenerated = isGenerated
      self.isPrimaryKey = isPrimaryKey
    }
  }

  /// A reason why the database, and not the program, supplies the values of a column.
  package enum Source: Sendable, Hashable {
    case defaultValue, expression, type
  }

  /// The part of a feature that breaks a rule.
  package enum Subject: Sendable, Hashable {
    /// A name in the list of ID columns, by its position.
    case idColumn(Int)
    case column(Int)
    /// The type of a column.
    case columnType(Int)
    case source(Source, ofColumn: Int)
    /// A column of a key or an index, by its position in `namedColumns`.
    case namedColumn(Int)
    /// The primary key declared at the table, or at a column.
    case tableKey
    case columnKey(Int)
    /// The primary key, wherever it is declared.
    case key
    case option(TableOption)
    /// The column that orders the rows of a sample.
    case order
  }

  /// A broken rule.
  package struct Violation: Sendable, Hashable {
    package var subject: Subject
    package var message: String
    package var severity = Diagnostic.Severity.error
  }

  let form: Form
  /// The name of the feature in messages.
  let label: String
  let columns: [Column]
  let idColumns: [String]
  let namedColumns: [String]
  let tableKey: [String]?
  /// The column that orders the rows of a sample; nil for none.
  let order: String?
  let options: [TableOption]
  let generation: Generation

  package init(
    _ form: Form, label: String, columns: [Column], idColumns: [String], namedColumns: [String], tableKey: [String]?,
    order: String? = nil, options: [TableOption], generation: Generation = .seed
  ) {
    self.generation = generation
    self.form = form
    self.label = label
    self.columns = columns
    self.idColumns = idColumns
    self.namedColumns = namedColumns
    self.tableKey = tableKey
    self.order = order
    self.options = options
  }

  /// The columns of the primary key, declared at the table or at the columns.
  var key: [String] { tableKey ?? columns.filter(\.isPrimaryKey).map(\.name) }

  func position(of name: String) -> Int? { columns.firstIndex { ScalarString($0.name) == ScalarString(name) } }

  /// The positions of the columns with these names, each once.
  func positions(of names: [String]) -> [Int] {
    var seen: Set<Int> = []
    return names.compactMap(position).filter { seen.insert($0).inserted }
  }

  func suggestion(for name: String, among known: [String]) -> String {
    Suggestion.closest(to: name, in: known).map { "; did you mean `\($0)`?" } ?? ""
  }
}
