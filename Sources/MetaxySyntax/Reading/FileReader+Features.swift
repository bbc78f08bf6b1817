import MetaxyErrors
import SwiftSyntax

/// Structs and the conditions for being a feature.
extension FileReader {
  func readStruct(_ node: StructDeclSyntax, in scope: Scope) {
    refuseMisplacedMarks(on: node)
    refuseConditionalMarks(in: node.attributes)
    let inner = inside(node.name, node.genericParameterClause, node.modifiers, of: scope)
    if let attribute = attribute(.feature, in: node.attributes) {
      let feature = feature(node, marked: attribute, in: inner)
      declarations.features.append(feature)
      add(.feature(feature.arguments.key?.value), named: node.name, modifiers: node.modifiers, in: scope)
    } else {
      add(.other("struct"), named: node.name, modifiers: node.modifiers, in: scope)
    }
    noteCoding(in: node.memberBlock, of: inner.path)
    readMembers(of: node.memberBlock, in: inner)
  }

  private func feature(_ node: StructDeclSyntax, marked attribute: AttributeSyntax, in scope: Scope) -> DeclaredFeature
  {
    let before = declarations.diagnostics.count
    var feature = DeclaredFeature(
      path: scope.path, location: location(of: attribute), access: scope.access,
      inherited: names(in: node.inheritanceClause),
      arguments: FeatureArguments(), properties: [], comment: nil, isBroken: true)
    // The code around a syntax error may also be read incorrectly, so no other problem of this struct is reported.
    guard !reportSyntaxError(in: node) else { return feature }
    refuseUncertainFeature(node, marked: attribute, in: scope)
    feature.arguments = featureArguments(of: attribute)
    feature.properties = properties(of: node.memberBlock)
    feature.comment = DocComment.text(before: node, introducer: node.structKeyword, modifiers: node.modifiers)
    feature.isBroken = declarations.diagnostics.count > before
    return feature
  }

  private func refuseUncertainFeature(_ node: StructDeclSyntax, marked attribute: AttributeSyntax, in scope: Scope) {
    let name = node.name.name
    if let condition = scope.condition {
      report(
        "`#if` around the feature `\(name)` is not read: which branch is compiled is not known here",
        at: condition, notes: [Diagnostic.Note("the feature", at: location(of: attribute))])
    }
    if let parameters = node.genericParameterClause {
      report(
        "the feature `\(name)` has type parameters: one feature is one table, so its types must be known",
        at: parameters)
    } else if scope.isGeneric {
      report(
        "the feature `\(name)` is nested in a generic type: one feature is one table, so its types must be known",
        at: node.name)
    }
  }
}
