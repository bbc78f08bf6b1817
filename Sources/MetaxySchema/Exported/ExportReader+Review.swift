import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyJSON

/// Applies the rules on tables to a feature that is written as JSON.
extension ExportReader {
  func reviewTable(of feature: FeatureDefinition, _ node: JSONNode, idColumns: JSONNode?) {
    guard let columns = node["columns"], case .array(let nodes) = columns.content, nodes.count == feature.columns.count
    else { return }
    let named = namedColumns(of: feature)
    let rules = FeatureRules(
      .json, label: feature.key.description, columns: feature.columns.map(FeatureRules.Column.init),
      idColumns: feature.idColumns, namedColumns: named.map(\.name), tableKey: feature.primaryKey,
      options: feature.options, generation: feature.generation)
    for (name, column) in zip(feature.columns.map(\.name), nodes) {
      if let problem = FeatureRules.problem(ofName: name) { report(problem, at: column["name"] ?? column) }
    }
    let violations =
      rules.systemColumns + rules.repeatedColumns.map(\.violation) + rules.missingIDColumns + rules.nullableIDColumns
      + rules.filledIDColumns + rules.missingColumns + rules.primaryKeyViolations + rules.missingKey
    for violation in violations {
      let place: JSONNode =
        switch violation.subject {
        case .idColumn: idColumns ?? node
        case .column(let position): nodes[position]["name"] ?? nodes[position]
        case .columnType(let position):
          feature.idColumns.containsExactly(feature.columns[position].name)
            ? nodes[position] : node["primary_key"] ?? node
        case .source(_, ofColumn: let position): nodes[position]
        case .namedColumn(let position): node[named[position].member] ?? node
        case .tableKey, .columnKey, .key, .option, .order: node["primary_key"] ?? node
        }
      report(violation.message, at: place, severity: violation.severity)
    }
  }

  /// Returns the columns of keys and indexes, each with the member of the table that contains it.
  private func namedColumns(of feature: FeatureDefinition) -> [(name: String, member: String)] {
    var named = (feature.primaryKey ?? []).map { ($0, "primary_key") }
    named += feature.unique.flatMap { $0.columns.map { ($0, "uniques") } }
    named += feature.foreignKeys.flatMap { $0.columns.map { ($0, "foreign_keys") } }
    named += feature.indexes.flatMap(\.elements).compactMap { element in
      if case .column(let name) = element.term { (name, "indexes") } else { nil }
    }
    return named
  }
}

extension FeatureRules.Column {
  fileprivate init(_ column: ColumnDefinition) {
    self.init(
      name: column.name, type: column.type, isNullable: column.isNullable, hasDefault: column.defaultValue != nil,
      isGenerated: column.generated != nil, isPrimaryKey: column.isPrimaryKey)
  }
}
