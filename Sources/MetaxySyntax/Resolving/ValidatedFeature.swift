import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames

/// A feature with resolved names, ready for the rules; each extension contains the rules of one concern.
struct ValidatedFeature {
  /// A property and its column; nil if its type cannot be a column.
  struct Column {
    var property: DeclaredProperty
    var definition: ColumnDefinition?

    var name: String { property.columnName }
  }

  let declared: DeclaredFeature
  let bases: BaseResolution
  let idColumns: IDColumns
  let columns: [Column]
  let generation: Generation

  init(declared: DeclaredFeature, columns: [ColumnDefinition?], bases: BaseResolution, generation: Generation) {
    self.generation = generation
    self.declared = declared
    self.bases = bases
    self.idColumns = IDColumns(of: declared, bases: bases)
    self.columns = zip(declared.properties, columns).map { Column(property: $0, definition: $1) }
  }

  /// The name of the feature in messages.
  var label: String { declared.arguments.key?.value.description ?? declared.typeName }

  func column(named name: String) -> Column? { columns.first { $0.name.utf8.elementsEqual(name.utf8) } }

  func has(_ option: TableOption) -> Bool { declared.arguments.options.contains { $0.value == option } }

  /// All problems of the feature. Missing parts are not reported if part of the feature could not be read.
  var problems: [Diagnostic] {
    let rules = rules
    var violations =
      rules.nullableIDColumns + rules.filledIDColumns + rules.systemColumns + rules.primaryKeyViolations
      + rules.orderViolations
    if !declared.isBroken { violations += rules.missingColumns + rules.missingKey }
    return (declared.isBroken ? [] : missingIDColumns) + baseConflicts + idColumnProblems + repeatedColumns + longNames
      + violations.map(diagnostic)
  }
}
