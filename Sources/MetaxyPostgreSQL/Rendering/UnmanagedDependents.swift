internal import MetaxyNames
internal import MetaxySchema

/// The unmanaged objects that an operation cannot be done beside.
struct UnmanagedDependents {
  /// Those to drop before the operation and to restore after it, in the order of restoration.
  private(set) var restorable: [UnmanagedObject] = []
  /// Those that cannot be restored unchanged.
  private(set) var obstacles: [UnmanagedObject] = []

  /// - Parameters:
  ///   - objects: all unmanaged objects.
  ///   - isDependent: whether an object depends on what changes; those that read such a view are found here.
  init(among objects: [UnmanagedObject], where isDependent: (UnmanagedObject) -> Bool) {
    var found = objects.indices.filter { isDependent(objects[$0]) }
    var views = Set(found.filter { objects[$0].isView }.map { objects[$0].name })
    var rest = Set(objects.indices).subtracting(found)
    // Objects are found in the order of restoration: what reads a view comes after it.
    while true {
      let next = rest.filter { objects[$0].uses(any: views) }.sorted()
      if next.isEmpty { break }
      found += next
      rest.subtract(next)
      views.formUnion(next.filter { objects[$0].isView }.map { objects[$0].name })
    }
    split(Self.readLast(found.map { objects[$0] }))
  }

  /// Sorts objects so that each comes after the views that it reads.
  private static func readLast(_ objects: [UnmanagedObject]) -> [UnmanagedObject] {
    var waiting = objects
    var sorted: [UnmanagedObject] = []
    while !waiting.isEmpty {
      let views = Set(waiting.filter(\.isView).map(\.name))
      let ready = waiting.filter { !$0.uses(any: views.subtracting([$0.name])) }
      guard !ready.isEmpty else { return sorted + waiting }
      sorted += ready
      waiting.removeAll(where: ready.contains)
    }
    return sorted
  }

  /// An object cannot be dropped while one that cannot be restored reads it.
  private mutating func split(_ objects: [UnmanagedObject]) {
    obstacles = objects.filter { $0.obstacle != nil }
    var kept = obstacles
    restorable = objects.filter { $0.obstacle == nil }
    while let place = restorable.lastIndex(where: { object in
      object.isView && kept.contains { $0.uses(any: [object.name]) }
    }) { kept.append(restorable.remove(at: place)) }
  }
}
