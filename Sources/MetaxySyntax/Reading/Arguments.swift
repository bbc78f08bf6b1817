import MetaxyErrors
import SwiftSyntax

/// The arguments of an attribute or a call, by position and label; an argument `nil` counts as absent.
struct Arguments {
  fileprivate var positional: [ExprSyntax] = []
  fileprivate var labeled: [String: ExprSyntax] = [:]

  /// The arguments without a label.
  var unlabeled: [ExprSyntax] { positional }

  subscript(label: String) -> ExprSyntax? {
    labeled[label].flatMap { $0.is(NilLiteralExprSyntax.self) ? nil : $0 }
  }
}

/// Argument lists.
extension FileReader {
  /// Returns the arguments of an attribute; reports unknown ones.
  func arguments(of attribute: AttributeSyntax, positional: Int = 0, labels: [String]) -> Arguments {
    guard case .argumentList(let list) = attribute.arguments else { return Arguments() }
    return arguments(
      in: list, of: "@\(attribute.attributeName.writtenText)", positional: positional, labels: labels)
  }

  /// Returns the arguments of a call; reports unknown ones.
  func arguments(of call: KnownCall, positional: Int = 0, labels: [String] = []) -> Arguments {
    guard let list = call.arguments else { return Arguments() }
    return arguments(in: list, of: ".\(call.name)", positional: positional, labels: labels)
  }

  private func arguments(
    in list: LabeledExprListSyntax, of callee: String, positional: Int, labels: [String]
  ) -> Arguments {
    var arguments = Arguments()
    for element in list {
      guard let label = element.label?.name else {
        if arguments.positional.count < positional {
          arguments.positional.append(element.expression)
        } else {
          report("`\(callee)` takes no argument without a label here", at: element)
        }
        continue
      }
      if !labels.contains(label) {
        let closest = Suggestion.closest(to: label, in: labels)
        report(
          "`\(callee)` has no argument `\(label):`" + (closest.map { "; did you mean `\($0):`?" } ?? ""), at: element)
      } else if arguments.labeled.updateValue(element.expression, forKey: label) != nil {
        report("the argument `\(label):` is given twice", at: element)
      }
    }
    return arguments
  }

  func refuseArguments(of attribute: AttributeSyntax) { _ = arguments(of: attribute, labels: []) }
}

/// A value written as `.name` or `.name(…)`.
struct KnownCall {
  var name: String
  /// nil without parentheses.
  var arguments: LabeledExprListSyntax?
  var node: ExprSyntax
}

/// Values written as members of their type.
extension FileReader {
  /// Returns `expression` as one of the members `names` of `type`; reports anything else and returns nil.
  func known(_ expression: ExprSyntax, of type: String, among names: [String], expected: String) -> KnownCall? {
    let call = expression.as(FunctionCallExprSyntax.self)
    guard let member = (call?.calledExpression ?? expression).as(MemberAccessExprSyntax.self),
      isImplicit(member, of: type), call?.trailingClosure == nil
    else {
      refuse(expression, expected: expected)
      return nil
    }
    let name = member.declName.baseName.name
    guard names.contains(name) else {
      let closest = Suggestion.closest(to: name, in: names)
      report(
        "`.\(name)` is not known here" + (closest.map { "; did you mean `.\($0)`?" } ?? ": expected \(expected)"),
        at: expression)
      return nil
    }
    return KnownCall(name: name, arguments: call?.arguments, node: expression)
  }

  /// Returns whether a member is written as `.name`, `Type.name` or `Metaxy.Type.name`.
  private func isImplicit(_ member: MemberAccessExprSyntax, of type: String) -> Bool {
    guard let base = member.base?.writtenText else { return true }
    return base == type || base == "Metaxy.\(type)"
  }
}
