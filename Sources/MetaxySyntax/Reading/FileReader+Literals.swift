import MetaxyFeatures
import SwiftParser
import SwiftSyntax

/// Literals, the only expressions whose value is known without running the program.
extension FileReader {
  /// Returns a string literal's text; reports anything else and returns nil.
  func string(_ expression: ExprSyntax) -> String? {
    guard let text = expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue else {
      refuse(expression, expected: "a string literal")
      return nil
    }
    return text
  }

  /// Reads a name, which must not be empty.
  func name(_ expression: ExprSyntax) -> Located<String>? {
    guard let text = string(expression) else { return nil }
    guard !text.isEmpty else {
      report("a name must not be empty", at: expression)
      return nil
    }
    return Located(text, at: location(of: expression))
  }

  func boolean(_ expression: ExprSyntax) -> Bool? {
    guard let literal = expression.as(BooleanLiteralExprSyntax.self) else {
      refuse(expression, expected: "`true` or `false`")
      return nil
    }
    return literal.literal.tokenKind == .keyword(.true)
  }

  func integer(_ expression: ExprSyntax) -> Int? {
    guard case .integer(let digits) = literal(expression), let value = Int(digits) else {
      refuse(expression, expected: "a whole number")
      return nil
    }
    return value
  }

  /// Returns the elements of a list literal that `element` can read; reports anything but a list and returns nil.
  func list<Element>(
    _ expression: ExprSyntax, of content: String, _ element: (ExprSyntax) -> Element?
  ) -> [Element]? {
    guard let array = expression.as(ArrayExprSyntax.self) else {
      refuse(expression, expected: "a list of \(content)")
      return nil
    }
    return array.elements.compactMap { element($0.expression) }
  }

  func strings(_ expression: ExprSyntax) -> [Located<String>]? {
    list(expression, of: "string literals", name)
  }

  /// Returns a plain literal's value; nil, without a diagnostic, for anything else.
  func literal(_ expression: ExprSyntax) -> LiteralValue? {
    switch expression.as(ExprSyntaxEnum.self) {
    case .stringLiteralExpr(let node): return node.representedLiteralValue.map { .string($0) }
    case .booleanLiteralExpr(let node): return .boolean(node.literal.tokenKind == .keyword(.true))
    case .nilLiteralExpr: return .null
    case .integerLiteralExpr(let node): return NumberText.integer(node.literal.text).map { .integer($0) }
    case .floatLiteralExpr(let node): return NumberText.float(node.literal.text).map { .float($0) }
    case .prefixOperatorExpr(let node):
      guard node.operator.text == "-" else { return nil }
      switch literal(node.expression) {
      case .integer(let digits): return .integer(digits == "0" ? digits : "-" + digits)
      case .float(let digits): return .float("-" + digits)
      default: return nil
      }
    default: return nil
    }
  }

  /// Reports that `expression` is not the expected kind of expression.
  func refuse(_ expression: ExprSyntax, expected: String) {
    let (found, isLiteral) = Self.description(of: expression)
    report(
      "expected \(expected), found \(found)" + (isLiteral ? "" : ": sources are read, not run"), at: expression)
  }

  private static func description(of expression: ExprSyntax) -> (text: String, isLiteral: Bool) {
    switch expression.as(ExprSyntaxEnum.self) {
    case .declReferenceExpr, .memberAccessExpr: ("the name `\(expression.writtenText)`", false)
    case .functionCallExpr, .macroExpansionExpr: ("a call", false)
    case .sequenceExpr, .infixOperatorExpr, .prefixOperatorExpr, .ternaryExpr: ("an operator", false)
    case .stringLiteralExpr(let node):
      if node.segments.contains(where: { $0.is(ExpressionSegmentSyntax.self) }) {
        ("an interpolated string", false)
      } else {
        ("a string", true)
      }
    case .integerLiteralExpr, .floatLiteralExpr: ("a number", true)
    case .booleanLiteralExpr: ("a truth value", true)
    case .nilLiteralExpr: ("`nil`", true)
    case .arrayExpr: ("a list", true)
    case .dictionaryExpr: ("a dictionary", true)
    default: ("an expression", false)
    }
  }
}
