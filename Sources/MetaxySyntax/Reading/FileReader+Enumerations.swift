import SwiftParser
import SwiftSyntax

/// Enumerations, whose raw values can be the values of a column.
extension FileReader {
  func readEnumeration(_ node: EnumDeclSyntax, in scope: Scope) {
    refuseMisplacedMarks(on: node)
    add(.enumeration(enumeration(node)), named: node.name, modifiers: node.modifiers, in: scope)
    let inner = inside(node.name, node.genericParameterClause, node.modifiers, of: scope)
    readMembers(of: node.memberBlock, in: inner)
  }

  private func enumeration(_ node: EnumDeclSyntax) -> DeclaredEnumeration {
    let rawType = names(in: node.inheritanceClause).first?.value
    var enumeration = DeclaredEnumeration(
      hasStringRawValues: rawType == ["String"] || rawType == ["Swift", "String"], cases: [])
    // The cases of `CodingKeys` are needed whatever its raw type is: without string raw values, the case names are the
    // coded names.
    guard enumeration.hasStringRawValues || node.name.name == CodingKeyNames.typeName else { return enumeration }
    for member in node.memberBlock.members {
      if let conditional = member.decl.as(IfConfigDeclSyntax.self), hasCases(conditional) {
        enumeration.problem = Located("has cases inside `#if`", at: location(of: conditional))
      }
      for element in member.decl.as(EnumCaseDeclSyntax.self)?.elements ?? [] { add(element, to: &enumeration) }
    }
    return enumeration
  }

  private func add(_ element: EnumCaseElementSyntax, to enumeration: inout DeclaredEnumeration) {
    let name = element.name.name
    guard enumeration.hasStringRawValues, let value = element.rawValue?.value else {
      return enumeration.cases.append(DeclaredEnumeration.Case(name: name, rawValue: name))
    }
    guard let rawValue = value.as(StringLiteralExprSyntax.self)?.representedLiteralValue else {
      enumeration.problem = Located("has a raw value that is not a string literal", at: location(of: value))
      return
    }
    enumeration.cases.append(DeclaredEnumeration.Case(name: name, rawValue: rawValue))
  }

  private func hasCases(_ conditional: IfConfigDeclSyntax) -> Bool {
    conditional.clauses.contains { clause in
      guard case .decls(let members) = clause.elements else { return false }
      return members.contains { member in
        member.decl.is(EnumCaseDeclSyntax.self) || member.decl.as(IfConfigDeclSyntax.self).map(hasCases) == true
      }
    }
  }
}
