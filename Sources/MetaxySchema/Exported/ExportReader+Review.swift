import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
internal import MetaxyJSON
internal import MetaxyNames
internal import MetaxySQL

/// The rules on tables, the same as for features in Swift.
extension ExportReader {
  func reviewTable(of feature: FeatureDefinition, _ node: JSONNode, idColumns: JSONNode?) {
    guard let columns = node["columns"], case .array(let nodes) = columns.content, nodes.count == feature.columns.count
    else { return }
    reviewNames(zip(feature.columns, nodes).map { ($0.name, $1["name"] ?? $1) }, of: feature)
    reviewIDColumns(of: feature, at: idColumns ?? node, nodes)
    reviewColumnsNamed(by: feature, node)
    reviewPrimaryKey(of: feature, node)
  }

  private func reviewNames(_ columns: [(name: String, node: JSONNode)], of feature: FeatureDefinition) {
    var seen: Set<ScalarString> = []
    for (name, node) in columns {
      if SystemColumn.names.contains(name.folded) {
        report("`\(name)` is a system column, which every feature's table has without declaring it", at: node)
      }
      if !seen.insert(ScalarString(name.folded)).inserted {
        report("`\(feature.key)` has two columns of the name `\(name)`", at: node)
      }
      if name.utf8.count > ObjectNames.maximumLength {
        report(
          "the name `\(name)` has \(name.utf8.count) bytes, and PostgreSQL keeps \(ObjectNames.maximumLength)", at: node
        )
      }
    }
  }

  private func reviewIDColumns(of feature: FeatureDefinition, at place: JSONNode, _ nodes: [JSONNode]) {
    for id in feature.idColumns {
      guard let position = feature.columns.firstIndex(where: { ScalarString($0.name) == ScalarString(id) }) else {
        let closest = Suggestion.closest(to: id, in: feature.columns.map(\.name))
        report(
          "the ID column `\(id)` of `\(feature.key)` is no column of its table"
            + (closest.map { "; did you mean `\($0)`?" } ?? ""), at: place)
        continue
      }
      let column = feature.columns[position]
      if column.isNullable {
        report("the ID column `\(id)` of `\(feature.key)` must not be nullable", at: nodes[position])
      }
      if let reason = fillingReason(of: column, in: feature) {
        report(
          "the ID column `\(id)` of `\(feature.key)` must not be filled by the database: \(reason)", at: nodes[position]
        )
      }
    }
  }

  private func fillingReason(of column: ColumnDefinition, in feature: FeatureDefinition) -> String? {
    if column.defaultValue != nil { return "it has a default" }
    if column.generated != nil { return "it is a generated column" }
    if let text = column.type.serverGeneratedType { return "`\(text)` fills itself" }
    let isLoneKey = feature.keyColumns == [column.name] && column.type.isRowID(in: feature.options)
    return isLoneKey ? "SQLite fills a lone `INTEGER PRIMARY KEY` itself" : nil
  }

  /// Reports columns of keys and indexes that do not exist.
  private func reviewColumnsNamed(by feature: FeatureDefinition, _ node: JSONNode) {
    let known = feature.columns.map(\.name) + SystemColumn.names
    var named: [(columns: [String], place: String)] = [(feature.primaryKey ?? [], "primary_key")]
    named += feature.unique.map { ($0.columns, "uniques") }
    named += feature.foreignKeys.map { ($0.columns, "foreign_keys") }
    named += feature.indexes.map { index in
      let columns = index.elements.compactMap { if case .column(let name) = $0.term { name } else { nil as String? } }
      return (columns, "indexes")
    }
    for (columns, place) in named {
      for column in columns where !known.containsExactly(column) {
        let closest = Suggestion.closest(to: column, in: known)
        report(
          "`\(feature.key)` has no column `\(column)`" + (closest.map { "; did you mean `\($0)`?" } ?? ""),
          at: node[place] ?? node)
      }
    }
  }

  private func reviewPrimaryKey(of feature: FeatureDefinition, _ node: JSONNode) {
    let key = feature.keyColumns
    let place = node["primary_key"] ?? node
    if feature.primaryKey != nil, feature.columns.contains(where: \.isPrimaryKey) {
      report("`\(feature.key)` declares its primary key at the table and at a column", at: place)
    }
    if Set(key.map(ScalarString.init)).count < key.count { report("the primary key names a column twice", at: place) }
    for column in feature.columns
    where column.isNullable && key.containsExactly(column.name) && !feature.idColumns.containsExactly(column.name) {
      report("the primary key column `\(column.name)` of `\(feature.key)` must not be nullable", at: place)
    }
    if key.isEmpty, feature.options.contains(.withoutRowID) {
      report("a table without row ids needs a primary key, and `\(feature.key)` has none", at: place)
    }
    if !key.isEmpty, key.allSatisfy(feature.idColumns.containsExactly) {
      report(
        "the primary key of `\(feature.key)` holds ID columns alone, so its table holds one version per sample",
        at: place, severity: .warning)
    }
  }
}
