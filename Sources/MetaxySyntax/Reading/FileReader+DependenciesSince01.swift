import MetaxyErrors
import MetaxyFeatures
import SwiftSyntax

/// What dependencies have since Metaxy 0.1.
extension FileReader {
  static let labelsSince01 = ["fieldsMapping", "filters", "lineage", "optional"]

  func since01(_ given: Arguments) -> DeclaredSince01 {
    DeclaredSince01(
      fieldsMapping: given["fieldsMapping"].flatMap { node in
        fieldsMapping(node).map { Located($0, at: location(of: node)) }
      },
      filters: given["filters"].flatMap { list($0, of: "SQL conditions", string) },
      lineage: given["lineage"].flatMap(lineage), isOptional: given["optional"].flatMap(boolean),
      labels: Self.labelsSince01.compactMap { label in
        given[label].map { Located(label, at: location(of: $0)) }
      })
  }

  /// Whether an expression is `.all`, the only value of ``AllFields``.
  func isAllFields(_ expression: ExprSyntax) -> Bool {
    guard let member = expression.as(MemberAccessExprSyntax.self), member.declName.baseName.name == "all" else {
      return false
    }
    return [nil, "AllFields", "Metaxy.AllFields"].contains(member.base?.writtenText)
  }

  private func fieldsMapping(_ expression: ExprSyntax) -> FieldsMapping? {
    guard
      let call = known(
        expression, of: "FieldsMapping", among: ["sameName", "all", "none", "specific"],
        expected: "`.sameName(matchesSuffix:excluding:)`, `.all`, `.none` or `.specific(_:)`")
    else { return nil }
    switch call.name {
    case "sameName":
      let given = arguments(of: call, labels: ["matchesSuffix", "excluding"])
      let matchesSuffix = given["matchesSuffix"].map(boolean) ?? false
      let excluded: [FieldKey]? = given["excluding"].map { list($0, of: "field keys", key) } ?? []
      guard let matchesSuffix, let excluded else { return nil }
      return .sameName(matchesSuffix: matchesSuffix, excluding: excluded)
    case "specific":
      guard let first = arguments(of: call, positional: 1).unlabeled.first else {
        report("`.specific` needs the fields: `.specific([\"faces\": [\"frames\"]])`", at: expression)
        return nil
      }
      return entries(first).map { .specific($0) }
    default:
      _ = arguments(of: call)
      return call.name == "all" ? .all : FieldsMapping.none
    }
  }

  private func entries(_ expression: ExprSyntax) -> [FieldsMapping.Entry]? {
    guard let dictionary = expression.as(DictionaryExprSyntax.self) else {
      refuse(expression, expected: "a dictionary of fields and lists of fields")
      return nil
    }
    guard case .elements(let elements) = dictionary.content else { return [] }
    var entries: [FieldsMapping.Entry] = []
    for element in elements {
      guard let field: FieldKey = key(element.key), let parents: [FieldKey] = list(element.value, of: "field keys", key)
      else { continue }
      if entries.contains(where: { $0.field == field }) {
        report("the field `\(field)` is mapped twice", at: element.key)
      }
      entries.append(FieldsMapping.Entry(field, parents))
    }
    return entries
  }

  private func lineage(_ expression: ExprSyntax) -> Lineage? {
    guard
      let call = known(
        expression, of: "Lineage", among: ["identity", "aggregation", "expansion"],
        expected: "`.identity`, `.aggregation(on:)` or `.expansion(on:pattern:)`")
    else { return nil }
    switch call.name {
    case "aggregation":
      return .aggregation(on: arguments(of: call, labels: ["on"])["on"].flatMap(strings)?.map(\.value))
    case "expansion":
      let given = arguments(of: call, labels: ["on", "pattern"])
      guard let columns = given["on"] else {
        report("`.expansion` needs the columns that identify the row: `.expansion(on: [\"video_id\"])`", at: expression)
        return nil
      }
      let pattern = given["pattern"].flatMap { string($0) }
      return strings(columns).map { .expansion(on: $0.map(\.value), pattern: pattern) }
    default:
      _ = arguments(of: call)
      return .identity
    }
  }
}
