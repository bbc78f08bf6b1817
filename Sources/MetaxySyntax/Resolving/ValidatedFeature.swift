import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph

/// A feature whose names have their meaning, for the rules: each concern of theirs is in an extension.
struct ValidatedFeature {
  /// A property and its column, nil where its type makes none.
  struct Column {
    var property: DeclaredProperty
    var definition: ColumnDefinition?

    var name: String { property.columnName }
  }

  let declared: DeclaredFeature
  let bases: BaseResolution
  let idColumns: IDColumns
  let columns: [Column]

  init(declared: DeclaredFeature, columns: [ColumnDefinition?], bases: BaseResolution) {
    self.declared = declared
    self.bases = bases
    self.idColumns = IDColumns(of: declared, bases: bases)
    self.columns = zip(declared.properties, columns).map { Column(property: $0, definition: $1) }
  }

  /// The feature as messages call it.
  var label: String { declared.arguments.key?.value.description ?? declared.typeName }

  func column(named name: String) -> Column? { columns.first { $0.name.utf8.elementsEqual(name.utf8) } }

  func has(_ option: TableOption) -> Bool { declared.arguments.options.contains { $0.value == option } }

  /// Everything that is wrong. What is missing is not told where part of the feature could not be read.
  var problems: [Diagnostic] {
    let missing = declared.isBroken ? [] : missingIDColumns + missingColumns
    return missing + baseConflicts + idColumnProblems + generatedIDColumns + nameProblems + primaryKeyProblems
  }
}
