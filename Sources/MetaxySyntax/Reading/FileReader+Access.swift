internal import MetaxyGraph
import SwiftSyntax

/// Access levels and hand-written coding of types.
extension FileReader {
  /// Returns the access level that modifiers state; nil if they state none. `private(set)` applies only to the setter.
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

  /// Records a type with its own `encode(to:)` or `init(from:)`, whose coded names cannot be determined.
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
