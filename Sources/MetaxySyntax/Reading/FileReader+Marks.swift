import MetaxyErrors
import SwiftSyntax

/// The attributes that metaxy interprets.
enum Mark: String, CaseIterable {
  case feature = "Feature"
  case featureBase = "FeatureBase"
  case column = "Column"
  case transient = "Transient"
}

/// The search for marks, including misplaced ones.
extension FileReader {
  /// Returns the mark of an attribute, written alone or as `@Metaxy.…`; nil for the attributes of other modules.
  func mark(of attribute: AttributeSyntax) -> Mark? {
    if let type = attribute.attributeName.as(IdentifierTypeSyntax.self) { return Mark(rawValue: type.name.name) }
    guard let type = attribute.attributeName.as(MemberTypeSyntax.self),
      let module = type.baseType.as(IdentifierTypeSyntax.self), module.name.name == "Metaxy"
    else { return nil }
    return Mark(rawValue: type.name.name)
  }

  /// Returns the attributes of a declaration except those inside `#if`.
  func attributes(of list: AttributeListSyntax) -> [AttributeSyntax] {
    list.compactMap { $0.as(AttributeSyntax.self) }
  }

  /// Returns the attribute with `mark`; reports a second one.
  func attribute(_ mark: Mark, in list: AttributeListSyntax) -> AttributeSyntax? {
    let found = attributes(of: list).filter { self.mark(of: $0) == mark }
    for repeated in found.dropFirst() { report("`@\(mark.rawValue)` is duplicated", at: repeated) }
    return found.first
  }

  /// Reports marks inside an `#if`, which may or may not apply.
  func refuseConditionalMarks(in list: AttributeListSyntax) {
    for element in list {
      guard let conditional = element.as(IfConfigDeclSyntax.self) else { continue }
      for clause in conditional.clauses {
        guard case .attributes(let inner) = clause.elements else { continue }
        refuseConditionalMarks(in: inner)
        guard let marked = attributes(of: inner).first(where: { mark(of: $0) != nil }) else { continue }
        report(
          "`#if` around an attribute of metaxy is not read: which branch is compiled is not known here",
          at: conditional, notes: [Diagnostic.Note("the attribute", at: location(of: marked))])
        break
      }
    }
  }

  /// Reports `@Feature` on a declaration other than a struct, and `@FeatureBase` on one other than a protocol.
  func refuseMisplacedMarks(on declaration: some SyntaxProtocol) {
    guard let attributed = declaration.asProtocol((any WithAttributesSyntax).self) else { return }
    for attribute in attributes(of: attributed.attributes) {
      switch mark(of: attribute) {
      case .feature where declaration.is(MissingDeclSyntax.self): report(Self.doesNotParse, at: attribute)
      case .feature where !declaration.is(StructDeclSyntax.self):
        report("`@Feature` belongs on a struct: a feature is a row, and a row is a value", at: attribute)
      case .featureBase where !declaration.is(ProtocolDeclSyntax.self):
        report("`@FeatureBase` belongs on a protocol", at: attribute)
      default: break
      }
    }
  }
}
