/// The order in which tables can be created: what a foreign key names comes before what declares it.
enum TableOrder {
  /// Sorts tables so that referenced ones come first and names decide elsewhere. In a cycle of references the first by
  /// name comes first.
  static func referencedFirst(_ tables: [Table]) -> [Table] {
    DependencySort.neededFirst(
      tables.sorted { $0.name < $1.name }, name: \.name.folded,
      needs: { Set($0.foreignKeys.map(\.table.folded)).sorted() })
  }
}
