internal import MetaxySchema

/// The required order between operations, derived from the objects that they use and change.
///
/// An operation that releases an object runs before the object changes, and an operation that needs it runs after. Other
/// uses of an object, and its changes among themselves, keep their order.
struct OperationDependencies {
  /// For each operation, the positions of those that must run before it.
  private(set) var needs: [[Int]]

  /// - Parameter start: the tables before the operations.
  init(_ operations: [MigrationOperation], on start: Schema, _ objects: [UnmanagedObject] = []) {
    let types = ColumnTypes(operations, on: start)
    var uses: [SchemaObject: [(operation: Int, access: Access)]] = [:]
    for (place, operation) in operations.enumerated() {
      for use in OperationEffects(of: operation, on: start, types, objects).uses {
        uses[use.object, default: []].append((place, use.access))
      }
    }
    needs = Array(repeating: [], count: operations.count)
    for uses in uses.values { add(uses) }
    needs = needs.enumerated().map { place, needs in Set(needs).subtracting([place]).sorted() }
  }

  /// Adds the dependencies between the uses of one object; the uses are in the order of the operations.
  private mutating func add(_ uses: [(operation: Int, access: Access)]) {
    let changes = uses.filter { $0.access == .changes }.map(\.operation)
    guard let first = changes.first, let last = changes.last else { return }
    var former: [Int] = []
    var users: [Int] = []
    for (operation, access) in uses {
      switch access {
      case .releases: needs[first].append(operation)
      case .needs: needs[operation].append(last)
      case .uses:
        needs[operation] += former
        users.append(operation)
      case .changes:
        needs[operation] += former + users
        (former, users) = ([operation], [])
      }
    }
  }
}
