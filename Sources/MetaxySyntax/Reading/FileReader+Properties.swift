import MetaxyErrors
internal import MetaxyGraph
import SwiftSyntax

/// Stored properties, which become columns.
extension FileReader {
  func properties(of block: MemberBlockSyntax) -> [DeclaredProperty] {
    block.members.flatMap { properties(of: $0.decl) }
  }

  private func properties(of declaration: DeclSyntax) -> [DeclaredProperty] {
    if let variable = declaration.as(VariableDeclSyntax.self) { return properties(of: variable) }
    if let conditional = declaration.as(IfConfigDeclSyntax.self) {
      refuseConditionalProperties(conditional)
    } else if let expansion = declaration.as(MacroExpansionDeclSyntax.self) {
      if !["warning", "error"].contains(expansion.macroName.name) {
        report("`#\(expansion.macroName.name)` may declare properties that cannot be read statically", at: expansion)
      }
    } else {
      refuseColumnMarks(on: declaration, because: "is not a stored property")
    }
    return []
  }

  private func properties(of node: VariableDeclSyntax) -> [DeclaredProperty] {
    guard !node.modifiers.contains(where: { $0.name.tokenKind == .keyword(.static) }) else {
      refuseColumnMarks(on: DeclSyntax(node), because: "is `static`")
      return []
    }
    // Not `filter`, which makes a copy of the whole tree.
    guard node.bindings.contains(where: isStored) else {
      refuseColumnMarks(on: DeclSyntax(node), because: "is computed")
      return []
    }
    refuseConditionalMarks(in: node.attributes)
    let column = attribute(.column, in: node.attributes)
    if let transient = attribute(.transient, in: node.attributes) {
      if let column { report("`@Column` describes a column, but `@Transient` excludes the property", at: column) }
      refuseArguments(of: transient)
      return []
    }
    refuseUnknownAttributes(on: node)
    if let column, node.bindings.count > 1 {
      report("`@Column` describes one property, and here are several: declare each alone", at: column)
    }
    return properties(in: node, described: column)
  }

  private func properties(in node: VariableDeclSyntax, described attribute: AttributeSyntax?) -> [DeclaredProperty] {
    if let lazy = node.modifiers.first(where: { $0.name.tokenKind == .keyword(.lazy) }) {
      report("a `lazy` property has no value when the row is written: compute it, or mark it `@Transient`", at: lazy)
      return []
    }
    let arguments = attribute.map(columnArguments) ?? ColumnArguments()
    let comment = DocComment.text(before: node, introducer: node.bindingSpecifier, modifiers: node.modifiers)
    let isConstant = node.bindingSpecifier.tokenKind == .keyword(.let)
    let bindings = Array(node.bindings)
    return bindings.enumerated().compactMap { position, binding in
      guard isStored(binding), let name = name(of: binding) else { return nil }
      if isConstant, let initializer = binding.initializer {
        refuseConstant(name, initializer)
        return nil
      }
      guard let type = type(ofBinding: position, among: bindings) else {
        report("`\(name.name)` has no written type: sources are read without a compiler to infer it", at: name)
        return nil
      }
      return DeclaredProperty(
        name: name.name, location: location(of: name), type: writtenType(type), arguments: arguments,
        comment: comment, initialValue: binding.initializer.flatMap { initialValue($0.value) },
        access: accessLevel(of: node.modifiers) ?? .module)
    }
  }

  private func refuseConstant(_ name: TokenSyntax, _ initializer: InitializerClauseSyntax) {
    report(
      "`\(name.name)` is a constant with a value, which no row that is read can change: "
        + "make it `var` or `static`, or mark it `@Transient`", at: name)
  }

  /// Returns the type of a binding; in `var a, b: Int` it follows a later binding.
  private func type(ofBinding position: Int, among bindings: [PatternBindingSyntax]) -> TypeSyntax? {
    for binding in bindings[position...] {
      if let type = binding.typeAnnotation?.type { return type }
      if binding.initializer != nil { return nil }
    }
    return nil
  }

  private func name(of binding: PatternBindingSyntax) -> TokenSyntax? {
    if let pattern = binding.pattern.as(IdentifierPatternSyntax.self) { return pattern.identifier }
    report("a stored property of a feature has one name: declare each alone", at: binding.pattern)
    return nil
  }

  /// Returns whether a binding has storage: no accessors, or only observers.
  func isStored(_ binding: PatternBindingSyntax) -> Bool {
    switch binding.accessorBlock?.accessors {
    case nil: return true
    case .getter: return false
    case .accessors(let accessors):
      return accessors.allSatisfy {
        $0.accessorSpecifier.tokenKind == .keyword(.willSet) || $0.accessorSpecifier.tokenKind == .keyword(.didSet)
      }
    }
  }

  private func initialValue(_ expression: ExprSyntax) -> DeclaredProperty.InitialValue? {
    if let value = literal(expression) { return .literal(value) }
    if let member = expression.as(MemberAccessExprSyntax.self), member.base == nil {
      return .member(member.declName.baseName.name)
    }
    guard expression.is(ArrayExprSyntax.self) || expression.is(DictionaryExprSyntax.self) else { return nil }
    return jsonLiteral(expression).map { .json($0) }
  }
}
