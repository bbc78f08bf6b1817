package import MetaxyJSON

extension JSONNode {
  /// Returns the path to the value at an offset: `features[2].spec.deps`; empty for the root.
  package func path(to offset: Int) -> String {
    var path = ""
    var node = self
    while node.offset < offset {
      switch node.content {
      case .scalar: return path
      case .array(let elements):
        guard let position = elements.lastIndex(where: { $0.offset <= offset }) else { return path }
        path += "[\(position)]"
        node = elements[position]
      case .object(let members):
        guard let member = members.last(where: { $0.offset <= offset }) else { return path }
        path += (path.isEmpty ? "" : ".") + member.name
        guard member.offset < offset else { return path }
        node = member.node
      }
    }
    return path
  }
}
