extension [CatalogDifferences.Difference] {
  /// The differences without those that follow from another one: what a table inherits from a parent.
  var causes: Self {
    let children = Set(filter { $0.part == "parent" }.map(\.table))
    return filter { difference in
      !(children.contains(difference.table) && ["attinhcount", "attislocal"].contains(difference.key))
    }
  }
}

extension CatalogDifferences.Difference {
  /// The property: `` `tablespace: fast` of `video` ``, ``the parent `media` of `video` ``.
  var displayText: String {
    let object = object.split(separator: " ").first.map(String.init) ?? ""
    let subject = object.isEmpty ? "`\(table)`" : "the \(part) `\(object)` of `\(table)`"
    guard let key else { return isOnlyInCopy ? "that `\(table)` has no \(part) `\(object)`" : subject }
    return "`\(Self.words[key] ?? key): \(value ?? "none")` of \(subject)"
  }

  /// Words for columns of the catalog. https://www.postgresql.org/docs/current/catalogs.html
  private static let words = [
    "attcompression": "compression", "attinhcount": "parents", "attislocal": "own definition",
    "attoptions": "options", "attstattarget": "statistics", "attstorage": "storage",
    "connoinherit": "no inherit", "convalidated": "validated", "description": "comment",
    "indisclustered": "clustered", "indisreplident": "replica identity", "indisvalid": "valid",
    "relforcerowsecurity": "forced row level security", "reloptions": "storage parameters",
    "relpersistence": "persistence", "relreplident": "replica identity", "relrowsecurity": "row level security",
    "tgenabled": "enabled",
  ]
}
