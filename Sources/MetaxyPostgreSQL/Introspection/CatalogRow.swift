internal import MetaxyDatabase
internal import MetaxySchema

/// A row of a catalog query, with columns accessed by position.
struct CatalogRow {
  private let values: [SQLValue]

  init(_ values: [SQLValue]) { self.values = values }

  /// nil for NULL.
  func optionalText(_ place: Int) -> String? { values.indices.contains(place) ? values[place].text : nil }

  /// Empty for NULL.
  func text(_ place: Int) -> String { optionalText(place) ?? "" }

  func number(_ place: Int) -> Int? { values.indices.contains(place) ? values[place].integer.map { Int($0) } : nil }

  /// False for NULL.
  func flag(_ place: Int) -> Bool { number(place) == 1 }

  /// Returns an object's oid; 0 if there is none.
  func id(_ place: Int) -> CatalogID { number(place) ?? 0 }

  /// Returns parameters in the format of `reloptions`, one per line: `fillfactor=70`.
  func parameters(_ place: Int) -> StorageParameters {
    var parameters = StorageParameters()
    for line in text(place).split(separator: "\n") {
      let pair = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      parameters[pair[0]] = pair.count > 1 ? pair[1] : ""
    }
    return parameters
  }
}

/// The oid of an object in PostgreSQL's catalog.
typealias CatalogID = Int
