import SwiftSyntax

/// Syntax errors. The parser continues after them, but a feature must not be read from the remaining nodes.
extension FileReader {
  static let doesNotParse = "this does not parse as Swift"

  /// Reports the first syntax error in `node` and returns whether there is one.
  func reportSyntaxError(in node: some SyntaxProtocol) -> Bool {
    guard node.hasError else { return false }
    report(Self.doesNotParse, at: location(at: firstError(in: node)))
    return true
  }

  private func firstError(in node: some SyntaxProtocol) -> AbsolutePosition {
    let finder = ErrorFinder(viewMode: .all)
    finder.walk(node)
    return finder.position ?? node.positionAfterSkippingLeadingTrivia
  }

  /// Reports features that the parser skipped because of a syntax error around them.
  func reportLostFeatures(in tree: SourceFileSyntax) {
    let finder = LostMarkFinder(viewMode: .all)
    finder.walk(tree)
    for token in finder.found { report("this does not parse as Swift, so the feature here is not read", at: token) }
  }
}

/// Finds the first token that is missing or unexpected.
private final class ErrorFinder: SyntaxAnyVisitor {
  private(set) var position: AbsolutePosition?

  override func visitAny(_ node: Syntax) -> SyntaxVisitorContinueKind {
    position == nil && node.hasError ? .visitChildren : .skipChildren
  }

  override func visit(_ node: UnexpectedNodesSyntax) -> SyntaxVisitorContinueKind {
    if position == nil { position = node.positionAfterSkippingLeadingTrivia }
    return .skipChildren
  }

  override func visit(_ token: TokenSyntax) -> SyntaxVisitorContinueKind {
    guard position == nil else { return .skipChildren }
    if token.presence == .missing {
      position = token.position
    } else if token.hasError {
      position = token.positionAfterSkippingLeadingTrivia
    }
    return .skipChildren
  }
}

/// Finds `@Feature` in unexpected nodes of the syntax tree.
private final class LostMarkFinder: SyntaxVisitor {
  private(set) var found: [TokenSyntax] = []

  override func visit(_ node: UnexpectedNodesSyntax) -> SyntaxVisitorContinueKind {
    var previous: TokenSyntax?
    for token in node.tokens(viewMode: .sourceAccurate) {
      if let previous, previous.tokenKind == .atSign, token.text == Mark.feature.rawValue { found.append(previous) }
      previous = token
    }
    return .skipChildren
  }
}
