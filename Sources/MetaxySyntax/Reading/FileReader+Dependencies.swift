import MetaxyErrors
import MetaxyFeatures
import SwiftSyntax

/// Dependencies on features and fields.
extension FileReader {
  func dependency(_ expression: ExprSyntax) -> DeclaredDependency? {
    guard
      let call = known(
        expression, of: "FeatureDependency", among: ["feature"], expected: "`.feature(…)`")
    else { return nil }
    let given = arguments(of: call, positional: 1, labels: ["columns", "rename"] + Self.labelsSince01)
    guard let feature = reference(given.unlabeled.first, in: call) else { return nil }
    return DeclaredDependency(
      feature: feature, columns: given["columns"].flatMap(strings)?.map(\.value),
      rename: given["rename"].flatMap(renames), since01: since01(given), location: location(of: expression))
  }

  func field(_ expression: ExprSyntax) -> DeclaredField? {
    guard let call = known(expression, of: "FieldSpec", among: ["field"], expected: "`.field(…)`") else { return nil }
    let given = arguments(of: call, positional: 1, labels: ["codeVersion", "dependencies"])
    guard let first = given.unlabeled.first else {
      report("`.field` needs a key: `.field(\"frames\")`", at: expression)
      return nil
    }
    let written = given["codeVersion"]
    let version = written.flatMap { string($0) }
    let isOfEverything = given["dependencies"].map(isAllFields) ?? false
    let dependencies = given["dependencies"].flatMap {
      isOfEverything ? nil : list($0, of: "field dependencies", fieldDependency)
    }
    guard let key: FieldKey = key(first), written == nil || version != nil else { return nil }
    return DeclaredField(
      key: key, codeVersion: version, dependencies: dependencies, isOfEverything: isOfEverything,
      location: location(of: expression))
  }

  private func fieldDependency(_ expression: ExprSyntax) -> DeclaredField.Dependency? {
    guard
      let call = known(
        expression, of: "FieldDependency", among: ["fields", "allFields"],
        expected: "`.fields(of:_:)` or `.allFields(of:)`")
    else { return nil }
    let given = arguments(of: call, positional: call.name == "fields" ? 1 : 0, labels: ["of"])
    guard let feature = reference(given["of"], in: call) else { return nil }
    guard call.name == "fields" else { return DeclaredField.Dependency(feature: feature, fields: nil) }
    guard let first = given.unlabeled.first else {
      report("`.fields` needs a list of fields", at: expression)
      return nil
    }
    return DeclaredField.Dependency(feature: feature, fields: list(first, of: "field keys", key))
  }

  /// Reads a feature: `Video.self`, `"video"`, `["video", "raw"]`, `.type(Video.self)` or `.key("video")`.
  private func reference(_ expression: ExprSyntax?, in call: KnownCall) -> Located<DeclaredReference>? {
    guard let expression else {
      report("`.\(call.name)` needs a feature: a type or a key", at: call.node)
      return nil
    }
    let place = location(of: expression)
    if let type = typeName(expression) { return Located(.type(type), at: place) }
    if expression.is(StringLiteralExprSyntax.self) || expression.is(ArrayExprSyntax.self) {
      return key(expression).map { Located(.key($0), at: place) }
    }
    guard
      let inner = known(
        expression, of: "FeatureReference", among: ["key", "type"], expected: "a type such as `Video.self`, or a key"),
      let argument = arguments(of: inner, positional: 1).unlabeled.first
    else { return nil }
    if inner.name == "key" { return key(argument).map { Located(.key($0), at: place) } }
    guard let type = typeName(argument) else {
      refuse(argument, expected: "a type such as `Video.self`")
      return nil
    }
    return Located(.type(type), at: place)
  }

  /// Returns the parts of `Outer.Video` in `Outer.Video.self`; nil for anything else.
  private func typeName(_ expression: ExprSyntax) -> [String]? {
    guard let member = expression.as(MemberAccessExprSyntax.self),
      member.declName.baseName.tokenKind == .keyword(.self)
    else { return nil }
    var parts: [String] = []
    var base = member.base
    while let inner = base?.as(MemberAccessExprSyntax.self) {
      parts.append(inner.declName.baseName.name)
      base = inner.base
    }
    guard let first = base?.as(DeclReferenceExprSyntax.self) else { return nil }
    return [first.baseName.name] + parts.reversed()
  }

  private func renames(_ expression: ExprSyntax) -> ColumnRenames? {
    guard let dictionary = expression.as(DictionaryExprSyntax.self) else {
      refuse(expression, expected: "a dictionary of names")
      return nil
    }
    guard case .elements(let elements) = dictionary.content else { return [:] }
    var renames: ColumnRenames = [:]
    for element in elements {
      guard let old = name(element.key), let new = name(element.value) else { continue }
      if renames[old.value] != nil { report("the column `\(old.value)` is renamed twice", at: element) }
      renames.pairs.append(ColumnRenames.Pair(old.value, to: new.value))
    }
    return renames
  }
}
