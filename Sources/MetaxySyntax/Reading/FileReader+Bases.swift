import MetaxyErrors
import SwiftSyntax

/// Protocols, which can be bases of features.
extension FileReader {
  func readProtocol(_ node: ProtocolDeclSyntax, in scope: Scope) {
    refuseMisplacedMarks(on: node)
    refuseConditionalMarks(in: node.attributes)
    var declared = DeclaredProtocol(inherited: names(in: node.inheritanceClause))
    if let attribute = attribute(.featureBase, in: node.attributes) {
      if !reportSyntaxError(in: node) { declared.base = baseArguments(of: attribute) }
      if let condition = scope.condition {
        report(
          "`#if` around the base `\(node.name.name)` is not read: which branch is compiled is not known here",
          at: condition, notes: [Diagnostic.Note("the base", at: location(of: attribute))])
      }
      refuseMarkedRequirements(of: node)
    }
    add(.baseProtocol(declared), named: node.name, modifiers: node.modifiers, in: scope)
  }

  private func baseArguments(of attribute: AttributeSyntax) -> BaseArguments {
    let arguments = arguments(of: attribute, labels: ["idColumns", "attributes"])
    return BaseArguments(
      idColumns: arguments["idColumns"].flatMap(strings),
      attributes: arguments["attributes"].flatMap(json))
  }

  private func refuseMarkedRequirements(of node: ProtocolDeclSyntax) {
    for member in node.memberBlock.members {
      guard let variable = member.decl.as(VariableDeclSyntax.self) else { continue }
      for attribute in attributes(of: variable.attributes) where mark(of: attribute) != nil {
        report("`@\(attribute.attributeName.writtenText)` belongs on the feature's property", at: attribute)
      }
    }
  }
}
