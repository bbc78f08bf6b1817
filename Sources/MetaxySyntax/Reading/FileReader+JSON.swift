import MetaxyFeatures
import SwiftSyntax

/// JSON values written as Swift literals.
extension FileReader {
  /// Returns a JSON value; reports the exact location of a part that is not a literal and returns nil.
  func json(_ expression: ExprSyntax) -> JSONValue? {
    json(expression, quietly: false)
  }

  /// Returns a JSON value; nil, without a diagnostic, if a part is not a literal.
  func jsonLiteral(_ expression: ExprSyntax) -> JSONValue? {
    json(expression, quietly: true)
  }

  private func json(_ expression: ExprSyntax, quietly: Bool) -> JSONValue? {
    if let array = expression.as(ArrayExprSyntax.self) {
      let values = array.elements.map { json($0.expression, quietly: quietly) }
      let known = values.compactMap(\.self)
      return known.count == values.count ? .array(known) : nil
    }
    if let dictionary = expression.as(DictionaryExprSyntax.self) { return object(dictionary, quietly: quietly) }
    switch literal(expression) {
    case .string(let text): return .string(text)
    case .integer(let digits), .float(let digits): return .number(digits)
    case .boolean(let value): return .boolean(value)
    case .null: return .null
    case nil:
      if !quietly { refuse(expression, expected: "a JSON value of literals") }
      return nil
    }
  }

  private func object(_ node: DictionaryExprSyntax, quietly: Bool) -> JSONValue? {
    guard case .elements(let elements) = node.content else { return .object([]) }
    var members: [JSONValue.Member] = []
    for element in elements {
      let value = json(element.value, quietly: quietly)
      guard case .string(let name) = literal(element.key) else {
        if !quietly { refuse(element.key, expected: "a string literal") }
        continue
      }
      if members.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
        if !quietly { report("the member `\(name)` is duplicated", at: element.key) }
      } else if let value {
        members.append(JSONValue.Member(name, value))
      }
    }
    return members.count == elements.count ? .object(members) : nil
  }
}
