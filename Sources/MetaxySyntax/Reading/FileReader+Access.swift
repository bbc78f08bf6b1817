import MetaxyGraph
import SwiftSyntax

/// Who may name a declaration, and whether a type codes itself by hand.
extension FileReader {
  /// The level that modifiers name; nil where they name none. `private(set)` speaks of the setter alone.
  func accessLevel(of modifiers: DeclModifierListSyntax) -> AccessLevel? {
    for modifier in modifiers where modifier.detail == nil {
      switch modifier.name.tokenKind {
      case .keyword(.private), .keyword(.fileprivate): return .file
      case .keyword(.internal): return .module
      case .keyword(.package): return .package
      case .keyword(.public), .keyword(.open): return .everywhere
      default: continue
      }
    }
    return nil
  }

  /// Remembers a type that has `encode(to:)` or `init(from:)` of its own: what it codes cannot be known here.
  func noteCoding(in block: MemberBlockSyntax, of path: [String]) {
    let isCoding = block.members.contains { member in
      if let function = member.decl.as(FunctionDeclSyntax.self) {
        return function.name.name == "encode" && takes("to", function.signature)
      }
      return member.decl.as(InitializerDeclSyntax.self).map { takes("from", $0.signature) } ?? false
    }
    if isCoding { declarations.codedByHand.insert(path) }
  }

  private func takes(_ label: String, _ signature: FunctionSignatureSyntax) -> Bool {
    let parameters = signature.parameterClause.parameters
    return parameters.count == 1 && parameters.first?.firstName.name == label
  }
}
