import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph

/// The primary key, which a feature has only if it declares one.
extension ValidatedFeature {
  /// The columns of the primary key, declared at the table or at the columns.
  var primaryKeyColumns: [String] {
    declared.arguments.primaryKey?.value
      ?? columns.filter { $0.property.arguments.primaryKey != nil }.map(\.name)
  }

  var primaryKeyProblems: [Diagnostic] {
    duplicatePrimaryKey + repeatedKeyColumns + optionalKeyColumns + keyOfIDsAlone + missingKey
  }

  private var duplicatePrimaryKey: [Diagnostic] {
    guard let table = declared.arguments.primaryKey else { return [] }
    return columns.compactMap(\.property.arguments.primaryKey).map { place in
      Diagnostic(
        .error, "`\(label)` declares its primary key at the table and at a column", at: place,
        notes: [Diagnostic.Note("the table's is here", at: table.location)])
    }
  }

  private var repeatedKeyColumns: [Diagnostic] {
    guard let table = declared.arguments.primaryKey else { return [] }
    let repeated = Dictionary(grouping: table.value, by: \.self).filter { $1.count > 1 }.keys.sorted()
    return repeated.map { Diagnostic(.error, "the primary key names `\($0)` twice", at: table.location) }
  }

  private var optionalKeyColumns: [Diagnostic] {
    let ids = idColumns.names.map(\.value)
    let optional = primaryKeyColumns.compactMap { column(named: $0) }.filter { $0.definition?.isNullable == true }
    // The rule on ID columns already reports an optional one.
    return optional.filter { !ids.contains($0.name) }.map { column in
      Diagnostic(
        .error, "the primary key column `\(column.name)` of `\(label)` must not be optional",
        at: column.property.type.location)
    }
  }

  private var keyOfIDsAlone: [Diagnostic] {
    let ids = idColumns.names.map(\.value)
    let key = primaryKeyColumns
    guard !key.isEmpty, key.allSatisfy(ids.contains) else { return [] }
    let place = declared.arguments.primaryKey?.location ?? columns.compactMap(\.property.arguments.primaryKey).first
    return [
      Diagnostic(
        .warning, "the primary key of `\(label)` holds ID columns alone, so its table holds one version per sample",
        at: place ?? declared.location)
    ]
  }

  private var missingKey: [Diagnostic] {
    guard primaryKeyColumns.isEmpty, !declared.isBroken,
      let option = declared.arguments.options.first(where: { $0.value == .withoutRowID })
    else { return [] }
    return [
      Diagnostic(.error, "a table without row ids needs a primary key, and `\(label)` has none", at: option.location)
    ]
  }
}
