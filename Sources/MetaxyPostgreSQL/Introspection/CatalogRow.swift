internal import MetaxyRuntime
internal import MetaxySchema

/// A row of a query on the catalog, whose columns are known by their places.
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

  /// An object's number, by which the catalog knows it; 0 where it names none.
  func id(_ place: Int) -> CatalogID { number(place) ?? 0 }

  /// Parameters as `reloptions` keeps them, a line for each: `fillfactor=70`.
  func parameters(_ place: Int) -> StorageParameters {
    var parameters = StorageParameters()
    for line in text(place).split(separator: "\n") {
      let pair = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      parameters[pair[0]] = pair.count > 1 ? pair[1] : ""
    }
    return parameters
  }
}

/// The number by which PostgreSQL's catalog knows an object.
typealias CatalogID = Int
