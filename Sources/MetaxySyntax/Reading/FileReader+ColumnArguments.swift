import MetaxyErrors
import MetaxyFeatures
import SwiftSyntax

/// The arguments of `@Column(…)`.
extension FileReader {
  private static let columnLabels = [
    "name", "type", "primaryKey", "unique", "index", "default", "references", "generated", "collation", "comment",
    "renamedFrom", "renamedValues", "backfill", "using",
  ]

  func columnArguments(of attribute: AttributeSyntax) -> ColumnArguments {
    let given = arguments(of: attribute, labels: Self.columnLabels)
    var column = ColumnArguments()
    column.name = given["name"].flatMap(name)
    column.type = given["type"].flatMap(columnType)
    if let expression = given["primaryKey"], boolean(expression) == true {
      column.primaryKey = location(of: expression)
    }
    column.isUnique = given["unique"].flatMap(boolean) ?? false
    column.isIndexed = given["index"].flatMap(boolean) ?? false
    column.defaultValue = given["default"].flatMap { located($0, defaultValue) }
    column.references = given["references"].flatMap { reference($0, into: &column.explicitNames) }
    column.generated = given["generated"].flatMap { located($0, generatedValue) }
    column.collation = given["collation"].flatMap(name)?.value
    column.comment = given["comment"].flatMap(string)
    column.renamedFrom = given["renamedFrom"].flatMap(name)?.value
    column.renamedValues = given["renamedValues"].map(renamedValues) ?? []
    column.backfill = given["backfill"].flatMap { located($0, defaultValue) }
    column.using = given["using"].flatMap { located($0, sql) }
    if let generated = column.generated, column.defaultValue != nil {
      report("a generated column cannot have a default", at: generated.location)
    }
    if let backfill = column.backfill, column.generated != nil {
      report("a generated column cannot have a backfill: its expression computes all values", at: backfill.location)
    }
    return column
  }

  private func located<Value>(_ expression: ExprSyntax, _ read: (ExprSyntax) -> Value?) -> Located<Value>? {
    read(expression).map { Located($0, at: location(of: expression)) }
  }

  private func renamedValues(_ expression: ExprSyntax) -> [(old: Located<String>, new: Located<String>)] {
    guard let dictionary = expression.as(DictionaryExprSyntax.self) else {
      refuse(expression, expected: "a dictionary of values: `[\"old\": \"new\"]`")
      return []
    }
    guard case .elements(let elements) = dictionary.content else { return [] }
    return elements.compactMap { element in
      guard let old = string(element.key), let new = string(element.value) else { return nil }
      return (Located(old, at: location(of: element.key)), Located(new, at: location(of: element.value)))
    }
  }

  private func defaultValue(_ expression: ExprSyntax) -> ColumnDefault? {
    if let value = literal(expression) { return .literal(value) }
    guard
      let call = known(
        expression, of: "ColumnDefault", among: ["currentTimestamp", "sql"],
        expected: "a literal, `.currentTimestamp` or `.sql(…)`")
    else { return nil }
    if call.name == "sql" { return sqlArguments(of: call).map { .expression($0) } }
    if call.arguments != nil { report("`.currentTimestamp` takes no arguments", at: expression) }
    return .currentTimestamp
  }

  private func generatedValue(_ expression: ExprSyntax) -> GeneratedValue? {
    guard
      let call = known(
        expression, of: "GeneratedValue", among: ["stored", "virtual"], expected: "`.stored(…)` or `.virtual(…)`")
    else { return nil }
    guard let first = arguments(of: call, positional: 1).unlabeled.first else {
      report("`.\(call.name)` needs an expression", at: expression)
      return nil
    }
    return sql(first).map { GeneratedValue(expression: $0, isStored: call.name == "stored") }
  }

  private func reference(_ expression: ExprSyntax, into names: inout [Located<String>]) -> ColumnReference? {
    guard
      let call = known(
        expression, of: "ColumnReference", among: ["column"], expected: "`.column(\"id\", of: \"video\")`")
    else { return nil }
    let given = arguments(of: call, positional: 1, labels: ["of", "onDelete", "onUpdate", "name"])
    let onDelete = given["onDelete"].flatMap(action) ?? .noAction
    let onUpdate = given["onUpdate"].flatMap(action) ?? .noAction
    let constraint = given["name"].flatMap { explicitName($0, into: &names) }
    guard let first = given.unlabeled.first, let of = given["of"] else {
      report("`.column` needs a column and its table: `.column(\"id\", of: \"video\")`", at: expression)
      return nil
    }
    guard let column = name(first)?.value, let table = name(of)?.value else { return nil }
    return ColumnReference(table: table, column: column, onDelete: onDelete, onUpdate: onUpdate, name: constraint)
  }
}
