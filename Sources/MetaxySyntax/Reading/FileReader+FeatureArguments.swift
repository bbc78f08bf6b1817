import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph
import SwiftSyntax

/// The arguments of `@Feature(…)`.
extension FileReader {
  private static let labels = [
    "idColumns", "order", "dependencies", "fields", "metadata", "attributes", "table", "schema", "renamedFrom",
    "primaryKey", "unique", "indexes", "checks", "foreignKeys", "options",
  ]

  func featureArguments(of attribute: AttributeSyntax) -> FeatureArguments {
    let given = arguments(of: attribute, positional: 1, labels: Self.labels)
    var feature = FeatureArguments()
    if let expression = given.unlabeled.first {
      feature.key = key(expression).map { Located($0, at: location(of: expression)) }
    } else {
      report("`@Feature` needs a key: `@Feature(\"video/crop\")`", at: attribute)
    }
    feature.idColumns = given["idColumns"].flatMap(strings)
    if let expression = given["order"], let column = name(expression) {
      feature.namedColumns.append(column)
      feature.order = column
    }
    feature.dependencies = given["dependencies"].flatMap { list($0, of: "dependencies", dependency) }
    feature.fields = given["fields"].flatMap { list($0, of: "fields", field) }
    feature.metadata = given["metadata"].flatMap(json)
    feature.attributes = given["attributes"].flatMap(json)
    readTable(given, into: &feature)
    return feature
  }

  private func readTable(_ given: Arguments, into feature: inout FeatureArguments) {
    feature.table = given["table"].flatMap { explicitName($0, into: &feature.explicitNames) }
    feature.schema = given["schema"].flatMap { explicitName($0, into: &feature.explicitNames) }
    feature.renamedFrom = given["renamedFrom"].flatMap(name)?.value
    if let expression = given["primaryKey"], let columns = columns(expression, of: &feature) {
      feature.primaryKey = Located(columns, at: location(of: expression))
    }
    feature.unique = given["unique"].flatMap { list($0, of: "`.unique`") { unique($0, of: &feature) } } ?? []
    feature.indexes = given["indexes"].flatMap { list($0, of: "`.index`") { index($0, of: &feature) } } ?? []
    feature.checks = given["checks"].flatMap { list($0, of: "`.check`") { check($0, of: &feature) } } ?? []
    feature.foreignKeys =
      given["foreignKeys"].flatMap { list($0, of: "`.foreignKey`") { foreignKey($0, of: &feature) } } ?? []
    feature.options = given["options"].flatMap { list($0, of: "table options", option) } ?? []
  }

  /// Reads the key of a feature or a field, `"a/b"` or `["a", "b"]`.
  func key<Key: PathKey>(_ expression: ExprSyntax) -> Key? {
    let key: Key
    if expression.is(ArrayExprSyntax.self) {
      let before = declarations.diagnostics.count
      let parts = list(expression, of: "string literals", string) ?? []
      guard declarations.diagnostics.count == before else { return nil }
      key = Key(parts)
    } else {
      guard let text = string(expression) else { return nil }
      key = Key(text)
    }
    if let problem = key.problem {
      report("the key `\(key)` \(problem)", at: expression)
      return nil
    }
    return key
  }

  /// Reads a name that the database will contain, and keeps it for the rule on name lengths.
  func explicitName(_ expression: ExprSyntax, into names: inout [Located<String>]) -> String? {
    guard let name = name(expression) else { return nil }
    names.append(name)
    return name.value
  }

  private func option(_ expression: ExprSyntax) -> Located<TableOption>? {
    let call = known(
      expression, of: "TableOption", among: ["strict", "withoutRowID", "unlogged"],
      expected: "`.strict`, `.withoutRowID` or `.unlogged`")
    return call.flatMap { TableOption(rawValue: $0.name) }.map { Located($0, at: location(of: expression)) }
  }
}
