internal import MetaxyErrors
internal import MetaxyFeatures

/// A feature has a primary key only if it declares one, once.
extension FeatureRules {
  package var primaryKeyViolations: [Violation] {
    keysDeclaredTwice + repeatedKeyColumns + nullableKeyColumns + keyOfIDsAlone
  }

  private var keysDeclaredTwice: [Violation] {
    guard tableKey != nil else { return [] }
    return columns.indices.filter { columns[$0].isPrimaryKey }.map { position in
      Violation(
        subject: .columnKey(position), message: "`\(label)` declares its primary key at the table and at a column")
    }
  }

  private var repeatedKeyColumns: [Violation] {
    let names = Dictionary(grouping: (tableKey ?? []).map(ScalarString.init), by: \.self)
    return names.filter { $1.count > 1 }.keys.sorted().map {
      Violation(subject: .tableKey, message: "the primary key lists `\($0.text)` twice")
    }
  }

  private var nullableKeyColumns: [Violation] {
    // The rule on ID columns already reports a nullable one.
    positions(of: key.filter { !idColumns.containsExactly($0) }).filter { columns[$0].isNullable }.map { position in
      Violation(
        subject: .columnType(position),
        message: "the primary key column `\(columns[position].name)` of `\(label)` must not be \(form.nullable)")
    }
  }

  private var keyOfIDsAlone: [Violation] {
    guard !key.isEmpty, key.allSatisfy(idColumns.containsExactly) else { return [] }
    return [
      Violation(
        subject: .key,
        message: "the primary key of `\(label)` holds ID columns alone, so its table holds one version per sample",
        severity: .warning)
    ]
  }

  package var missingKey: [Violation] {
    guard key.isEmpty, options.contains(.withoutRowID) else { return [] }
    return [
      Violation(
        subject: .option(.withoutRowID),
        message: "a table without row ids needs a primary key, and `\(label)` has none")
    ]
  }
}
