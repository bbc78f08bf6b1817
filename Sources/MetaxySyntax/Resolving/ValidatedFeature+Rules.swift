import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph

/// The rules for all features, with the locations of violations.
extension ValidatedFeature {
  var rules: FeatureRules {
    let columns = columns.map { column in
      let arguments = column.property.arguments
      return FeatureRules.Column(
        name: column.name, type: column.definition?.type ?? arguments.type,
        isNullable: column.definition?.isNullable ?? false, hasDefault: arguments.defaultValue != nil,
        isGenerated: arguments.generated != nil, isPrimaryKey: arguments.primaryKey != nil)
    }
    return FeatureRules(
      .swift, label: label, columns: columns, idColumns: idColumns.names.map(\.value),
      namedColumns: declared.arguments.namedColumns.map(\.value), tableKey: declared.arguments.primaryKey?.value,
      order: declared.arguments.order?.value, options: declared.arguments.options.map(\.value), generation: generation)
  }

  func diagnostic(_ violation: FeatureRules.Violation) -> Diagnostic {
    Diagnostic(
      violation.severity, violation.message, at: place(of: violation.subject), notes: notes(about: violation.subject))
  }

  private func place(of subject: FeatureRules.Subject) -> SourceLocation {
    let arguments = declared.arguments
    switch subject {
    case .idColumn(let position): return idColumns.names[position].location
    case .column(let position): return columns[position].property.columnPlace
    case .columnType(let position): return columns[position].property.type.location
    case .source(let source, ofColumn: let position): return place(of: source, columns[position].property)
    case .namedColumn(let position): return arguments.namedColumns[position].location
    case .columnKey(let position):
      return columns[position].property.arguments.primaryKey ?? columns[position].property.columnPlace
    case .order: return arguments.order?.location ?? declared.location
    case .tableKey, .key:
      let columnKey = columns.compactMap(\.property.arguments.primaryKey).first
      return arguments.primaryKey?.location ?? columnKey ?? declared.location
    case .option(let option):
      return arguments.options.first { $0.value == option }?.location ?? declared.location
    }
  }

  private func place(of source: FeatureRules.Source, _ property: DeclaredProperty) -> SourceLocation {
    switch source {
    case .defaultValue: property.arguments.defaultValue?.location ?? property.columnPlace
    case .expression: property.arguments.generated?.location ?? property.columnPlace
    case .type: property.columnPlace
    }
  }

  private func notes(about subject: FeatureRules.Subject) -> [Diagnostic.Note] {
    guard case .columnKey = subject, let table = declared.arguments.primaryKey else { return [] }
    return [Diagnostic.Note("the table's is here", at: table.location)]
  }
}
