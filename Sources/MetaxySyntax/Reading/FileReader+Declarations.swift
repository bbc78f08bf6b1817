import MetaxyErrors
internal import MetaxyGraph
import SwiftSyntax

/// The traversal of declarations, through types and `#if` but not into bodies: a feature cannot be local, because the
/// extension that `@Feature` adds cannot be.
extension FileReader {
  func readItems(_ items: CodeBlockItemListSyntax, in scope: Scope) {
    for item in items {
      if let declaration = item.item.as(DeclSyntax.self) { read(declaration, in: scope) }
    }
  }

  func readMembers(of block: MemberBlockSyntax, in scope: Scope) {
    for member in block.members { read(member.decl, in: scope) }
  }

  private func read(_ declaration: DeclSyntax, in scope: Scope) {
    switch declaration.as(DeclSyntaxEnum.self) {
    case .structDecl(let node): readStruct(node, in: scope)
    case .classDecl(let node): readOther(node, named: node.name, parameters: node.genericParameterClause, in: scope)
    case .actorDecl(let node): readOther(node, named: node.name, parameters: node.genericParameterClause, in: scope)
    case .enumDecl(let node): readEnumeration(node, in: scope)
    case .protocolDecl(let node): readProtocol(node, in: scope)
    case .typeAliasDecl(let node): readAlias(node, in: scope)
    case .extensionDecl(let node): readExtension(node, in: scope)
    case .ifConfigDecl(let node): readConditional(node, in: scope)
    default: refuseMisplacedMarks(on: declaration)
    }
  }

  private func readOther(
    _ node: some DeclGroupSyntax & WithAttributesSyntax & WithModifiersSyntax, named name: TokenSyntax,
    parameters: GenericParameterClauseSyntax?, in scope: Scope
  ) {
    refuseMisplacedMarks(on: node)
    add(.other(node.introducer.text), named: name, modifiers: node.modifiers, in: scope)
    readMembers(of: node.memberBlock, in: inside(name, parameters, node.modifiers, of: scope))
  }

  private func readAlias(_ node: TypeAliasDeclSyntax, in scope: Scope) {
    refuseMisplacedMarks(on: node)
    add(.alias(names(in: node.initializer.value)), named: node.name, modifiers: node.modifiers, in: scope)
  }

  private func readExtension(_ node: ExtensionDeclSyntax, in scope: Scope) {
    refuseMisplacedMarks(on: node)
    guard let path = names(in: node.extendedType).first?.value else { return }
    let inherited = names(in: node.inheritanceClause)
    if !inherited.isEmpty { declarations.extensions.append(DeclaredExtension(path: path, inherited: inherited)) }
    var inner = scope
    inner.path = path
    inner.memberAccess = accessLevel(of: node.modifiers) ?? .module
    if inner.memberAccess == .file { inner.access = .file }
    noteCoding(in: node.memberBlock, of: path)
    readMembers(of: node.memberBlock, in: inner)
  }

  private func readConditional(_ node: IfConfigDeclSyntax, in scope: Scope) {
    var inner = scope
    inner.condition = scope.condition ?? location(of: node)
    for clause in node.clauses {
      switch clause.elements {
      case .statements(let items): readItems(items, in: inner)
      case .decls(let members): for member in members { read(member.decl, in: inner) }
      default: break
      }
    }
  }

  /// Records a type that names can refer to.
  func add(_ kind: DeclaredType.Kind, named name: TokenSyntax, modifiers: DeclModifierListSyntax, in scope: Scope) {
    var scope = scope
    scope.access = min(scope.access, accessLevel(of: modifiers) ?? scope.memberAccess)
    declarations.types.append(
      DeclaredType(kind: kind, path: scope.path + [name.name], scope: scope, location: location(of: name)))
  }

  /// Returns the scope of a type's members.
  func inside(
    _ name: TokenSyntax, _ parameters: GenericParameterClauseSyntax?, _ modifiers: DeclModifierListSyntax,
    of scope: Scope
  ) -> Scope {
    var scope = scope
    scope.path.append(name.name)
    if parameters != nil { scope.isGeneric = true }
    scope.access = min(scope.access, accessLevel(of: modifiers) ?? scope.memberAccess)
    scope.memberAccess = .module
    return scope
  }
}
