import MetaxyErrors
import MetaxyFeatures
import SwiftSyntax

/// Keys, indexes and checks of a table. Their columns and names are recorded for the rules.
extension FileReader {
  /// Reads names of columns, which must exist.
  func columns(_ expression: ExprSyntax, of feature: inout FeatureArguments) -> [String]? {
    guard let columns = strings(expression) else { return nil }
    if columns.isEmpty, expression.as(ArrayExprSyntax.self)?.elements.isEmpty == true {
      report("the list names no column", at: expression)
    }
    feature.namedColumns += columns
    return columns.map(\.value)
  }

  private func column(_ expression: ExprSyntax, of feature: inout FeatureArguments) -> String? {
    guard let column = name(expression) else { return nil }
    feature.namedColumns.append(column)
    return column.value
  }

  func unique(_ expression: ExprSyntax, of feature: inout FeatureArguments) -> UniqueAttribute? {
    guard let call = known(expression, of: "UniqueAttribute", among: ["unique"], expected: "`.unique(…)`") else {
      return nil
    }
    let given = arguments(of: call, positional: .max, labels: ["name"])
    if given.unlabeled.isEmpty { report("`.unique` names no column", at: expression) }
    return UniqueAttribute(
      columns: given.unlabeled.compactMap { column($0, of: &feature) },
      name: given["name"].flatMap { explicitName($0, into: &feature.explicitNames) })
  }

  func index(_ expression: ExprSyntax, of feature: inout FeatureArguments) -> IndexAttribute? {
    guard let call = known(expression, of: "IndexAttribute", among: ["index"], expected: "`.index(on:)`") else {
      return nil
    }
    let given = arguments(of: call, labels: ["on", "unique", "where", "name"])
    guard let on = given["on"] else {
      report("`.index` needs columns: `.index(on: [\"path\"])`", at: expression)
      return nil
    }
    let elements = list(on, of: "columns and expressions") { element($0, of: &feature) } ?? []
    if on.as(ArrayExprSyntax.self)?.elements.isEmpty == true { report("the list names no column", at: on) }
    return IndexAttribute(
      elements: elements, isUnique: given["unique"].flatMap(boolean) ?? false,
      predicate: given["where"].flatMap(sql),
      name: given["name"].flatMap { explicitName($0, into: &feature.explicitNames) })
  }

  private func element(_ expression: ExprSyntax, of feature: inout FeatureArguments) -> IndexElement? {
    if expression.is(StringLiteralExprSyntax.self) {
      return column(expression, of: &feature).map { IndexElement(.column($0)) }
    }
    guard
      let call = known(
        expression, of: "IndexElement", among: ["column", "descending", "expression"],
        expected: "a column, `.descending(…)` or `.expression(…)`")
    else { return nil }
    let labels = ["column": ["collation"], "expression": ["descending"]][call.name] ?? []
    let given = arguments(of: call, positional: 1, labels: labels)
    guard let first = given.unlabeled.first else {
      report("`.\(call.name)` needs an argument", at: expression)
      return nil
    }
    if call.name == "expression" {
      let isDescending = given["descending"].flatMap(boolean) ?? false
      return sql(first).map { IndexElement(.expression($0), isDescending: isDescending) }
    }
    let collation = given["collation"].flatMap(name)?.value
    return column(first, of: &feature).map {
      IndexElement(.column($0), isDescending: call.name == "descending", collation: collation)
    }
  }

  func check(_ expression: ExprSyntax, of feature: inout FeatureArguments) -> CheckAttribute? {
    guard let call = known(expression, of: "CheckAttribute", among: ["check"], expected: "`.check(…)`") else {
      return nil
    }
    let given = arguments(of: call, positional: 1, labels: ["name"])
    let name = given["name"].flatMap { explicitName($0, into: &feature.explicitNames) }
    guard let first = given.unlabeled.first else {
      report("`.check` needs a condition: `.check(\"height > 0\")`", at: expression)
      return nil
    }
    return sql(first).map { CheckAttribute(expression: $0, name: name) }
  }

  func foreignKey(_ expression: ExprSyntax, of feature: inout FeatureArguments) -> ForeignKeyAttribute? {
    guard let call = known(expression, of: "ForeignKeyAttribute", among: ["foreignKey"], expected: "`.foreignKey(…)`")
    else { return nil }
    let given = arguments(of: call, positional: 2, labels: ["references", "onDelete", "onUpdate", "name"])
    guard given.unlabeled.count == 2, let references = given["references"] else {
      report(
        "`.foreignKey` needs columns on both sides: `.foreignKey([\"a\"], references: \"t\", [\"b\"])`", at: expression)
      return nil
    }
    let onDelete = given["onDelete"].flatMap(action) ?? .noAction
    let onUpdate = given["onUpdate"].flatMap(action) ?? .noAction
    let name = given["name"].flatMap { explicitName($0, into: &feature.explicitNames) }
    guard let columns = columns(given.unlabeled[0], of: &feature), let table = self.name(references)?.value,
      let others = strings(given.unlabeled[1])?.map(\.value)
    else { return nil }
    if columns.count != others.count {
      report("`.foreignKey` names \(columns.count) columns here and \(others.count) of `\(table)`", at: expression)
    }
    return ForeignKeyAttribute(
      columns: columns, table: table, referencedColumns: others, onDelete: onDelete, onUpdate: onUpdate, name: name)
  }

  /// Reads the action of a foreign key.
  func action(_ expression: ExprSyntax) -> ForeignKeyAction? {
    let actions: [String: ForeignKeyAction] = [
      "noAction": .noAction, "restrict": .restrict, "cascade": .cascade, "setNull": .setNull,
      "setDefault": .setDefault,
    ]
    let call = known(
      expression, of: "ForeignKeyAction", among: actions.keys.sorted(), expected: "an action such as `.cascade`")
    return call.flatMap { actions[$0.name] }
  }
}
