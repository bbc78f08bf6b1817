/// Environment variables as a tree: `METAXY_EXT__MIGRATIONS__DIRECTORY` is at `ext`, `migrations`, `directory`.
struct VariableTree {
  struct Variable {
    var name: String
    var text: String
  }

  private(set) var variable: Variable?
  private(set) var children: [String: VariableTree] = [:]

  /// Inserts a variable at a path unless the path already has one.
  mutating func insert(_ variable: Variable, at path: some Collection<String>) {
    guard let first = path.first else {
      self.variable = self.variable ?? variable
      return
    }
    children[first, default: VariableTree()].insert(variable, at: path.dropFirst())
  }

  /// All variables of the tree, sorted by name.
  var variables: [Variable] {
    ([variable].compactMap { $0 } + children.values.flatMap(\.variables)).sorted { $0.name < $1.name }
  }
}
