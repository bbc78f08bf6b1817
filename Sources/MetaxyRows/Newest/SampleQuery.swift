package import MetaxyConfiguration
package import MetaxyDatabase

/// The parameters of a query for the rows of some samples.
package struct SampleQuery {
  private let dialect: StoreDialect
  private let database: any RowDatabase
  package private(set) var parameters: [SQLValue] = []

  package init(_ dialect: StoreDialect, _ database: any RowDatabase) {
    self.dialect = dialect
    self.database = database
  }

  /// Adds a parameter and returns its placeholder.
  package mutating func place(_ value: SQLValue) -> String {
    parameters.append(value)
    return database.placeholder(parameters.count)
  }

  /// Returns the condition that columns, as they are written in SQL, have the values of one of some samples.
  package mutating func condition(_ ids: [[SQLValue]], _ columns: [String]) -> String {
    var tuples: [String] = []
    for id in ids {
      let places = id.map { place($0) }
      tuples.append(columns.count == 1 ? places[0] : "(\(places.joined(separator: ", ")))")
    }
    // SQLite accepts lists of rows only as VALUES; PostgreSQL infers the types of parameters only in lists.
    // https://sqlite.org/rowvalue.html
    let list = columns.count > 1 && dialect == .sqlite ? "VALUES " : ""
    let key = columns.count == 1 ? columns[0] : "(\(columns.joined(separator: ", ")))"
    return "\(key) IN (\(list)\(tuples.joined(separator: ", ")))"
  }
}
