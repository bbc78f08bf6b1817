import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph

/// The rule that the program supplies the ID columns: a value that the server generates would identify another sample
/// at each insert.
extension ValidatedFeature {
  var generatedIDColumns: [Diagnostic] {
    idColumns.names.compactMap { column(named: $0.value) }.flatMap(generation)
  }

  private func generation(of column: Column) -> [Diagnostic] {
    let arguments = column.property.arguments
    var reasons: [Located<String>] = []
    if let given = arguments.defaultValue { reasons.append(Located("it has a default", at: given.location)) }
    if let given = arguments.generated { reasons.append(Located("it is a generated column", at: given.location)) }
    if let text = arguments.type?.serverGeneratedType {
      reasons.append(Located("`\(text)` fills itself", at: column.property.columnPlace))
    }
    if isRowID(column) {
      reasons.append(
        Located("SQLite fills a lone `INTEGER PRIMARY KEY` itself", at: column.property.columnPlace))
    }
    return reasons.map { reason in
      Diagnostic(
        .error, "the ID column `\(column.name)` of `\(label)` must not be filled by the database: \(reason.value)",
        at: reason.location)
    }
  }

  /// Returns whether the column is an alias of SQLite's rowid, which requires that it is the only column of the key.
  private func isRowID(_ column: Column) -> Bool {
    guard primaryKeyColumns == [column.name] else { return false }
    return column.definition?.type.isRowID(in: declared.arguments.options.map(\.value)) ?? false
  }
}
