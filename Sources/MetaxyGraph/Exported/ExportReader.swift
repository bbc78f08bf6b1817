package import MetaxyErrors
import MetaxyFeatures
package import MetaxyJSON

/// Reads the values of an exported graph and collects all errors with their locations.
///
/// Each concern is an extension: specs in this module, tables in the module of tables.
package final class ExportReader {
  package let file: String
  package let root: JSONNode
  private let lines: LineTable
  /// The location of all that is read now; nil for that in the text.
  package var origin: SourceLocation?
  package private(set) var diagnostics: [Diagnostic] = []

  /// - Throws: `invalid_json`, with the location in its diagnostic.
  package init(_ bytes: [UInt8], file: String) throws(MetaxyError) {
    self.file = file
    lines = LineTable(bytes)
    root = try JSONNode(parsing: bytes, file: file, allowsNonFinite: true)
  }

  package func place(of node: JSONNode) -> SourceLocation { place(at: node.offset) }

  private func place(at offset: Int) -> SourceLocation { origin ?? lines.location(of: offset, in: file) }

  /// Reports a problem at a location, with its path.
  package func report(_ message: String, at node: JSONNode, severity: Diagnostic.Severity = .error) {
    report(message, at: node.offset, severity)
  }

  private func report(_ message: String, at offset: Int, _ severity: Diagnostic.Severity) {
    let path = root.path(to: offset)
    diagnostics.append(
      Diagnostic(severity, path.isEmpty ? message : "\(path): \(message)", at: place(at: offset)))
  }

  /// Reports a value of the wrong kind.
  package func refuse(_ node: JSONNode, expected: String) {
    report("expected \(expected), found \(node.kind)", at: node)
  }
}

/// Objects.
extension ExportReader {
  /// Returns whether a value is an object with all `required` members and no member outside `known`; reports
  /// violations.
  package func isObject(_ node: JSONNode, known: [String], required: [String]) -> Bool {
    guard case .object(let members) = node.content else {
      refuse(node, expected: "an object")
      return false
    }
    let unknown = members.filter { !known.containsExactly($0.name) }
    for member in unknown {
      report(unknown: member, among: known.filter { node[$0] == nil }, known: known)
    }
    return unknown.isEmpty && has(required, in: node)
  }

  /// Reports an unknown member: suggests a missing one with a similar name, and lists the known ones.
  package func report(unknown member: JSONNode.Member, among candidates: [String], known: [String] = []) {
    let closest = Suggestion.closest(to: member.name, in: candidates)
    let others = Wording.list(known.filter { $0 != closest })
    let members =
      switch (closest, known.isEmpty) {
      case (nil, true): ""
      case (nil, false): "; the members are \(others)"
      case (let closest?, true): didYouMean(closest)
      case (let closest?, false): "; did you mean `\(closest)`, or one of \(others)?"
      }
    report("unknown member `\(member.name)` here\(members)", at: member.offset, .error)
  }

  /// Reports a member that is valid but probably a mistake.
  package func warn(_ message: String, about member: JSONNode.Member) { report(message, at: member.offset, .warning) }

  /// Returns whether an object has the required members; reports missing ones.
  package func has(_ required: [String], in node: JSONNode) -> Bool {
    let missing = required.filter { node[$0] == nil }
    for name in missing { report("the member `\(name)` is missing", at: node) }
    return missing.isEmpty
  }
}

/// Values; a value of the wrong kind is reported and read as nil.
extension ExportReader {
  package func text(_ node: JSONNode) -> String? {
    if case .scalar(.string(let text)) = node.content { return text }
    refuse(node, expected: "a text")
    return nil
  }

  /// Reads a name, which must not be empty.
  package func name(_ node: JSONNode) -> String? {
    guard let text = text(node) else { return nil }
    if text.isEmpty { report("a name must not be empty", at: node) }
    return text.isEmpty ? nil : text
  }

  package func flag(_ node: JSONNode) -> Bool? {
    if case .scalar(.boolean(let flag)) = node.content { return flag }
    refuse(node, expected: "true or false")
    return nil
  }

  package func integer(_ node: JSONNode) -> Int? {
    if case .scalar(.number(let digits)) = node.content, let number = Int(digits) { return number }
    refuse(node, expected: "a whole number")
    return nil
  }

  package func list<Element>(
    _ node: JSONNode, of content: String, _ element: (JSONNode) -> Element?
  ) -> [Element]? {
    guard case .array(let nodes) = node.content else {
      refuse(node, expected: "a list of \(content)")
      return nil
    }
    let elements = nodes.map(element)
    let known = elements.compactMap(\.self)
    return known.count == elements.count ? known : nil
  }

  package func names(_ node: JSONNode) -> [String]? { list(node, of: "names", name) }
}

extension JSONNode {
  /// Whether the value is `null`.
  package var isNull: Bool {
    if case .scalar(.null) = content { return true }
    return false
  }

  /// The kind of value, for messages.
  fileprivate var kind: String {
    switch content {
    case .array: "a list"
    case .object: "an object"
    case .scalar(.null): "null"
    case .scalar(.boolean): "a truth value"
    case .scalar(.number): "a number"
    case .scalar: "a text"
    }
  }
}
