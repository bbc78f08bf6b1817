package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyNames

// Errors about the rows of a feature that programs and the command share.
extension MetaxyError {
  /// A sample has several newest rows.
  ///
  /// - Parameters:
  ///   - feature: the feature.
  ///   - order: the column that orders the rows of a sample; nil for none.
  ///   - sample: its ID columns with their values; empty if they are not known.
  ///   - rows: how many there are; nil if it is not known.
  ///   - value: the value of `order` in all of them; nil if it is not known.
  ///   - wayOut: how all rows of a sample are read.
  /// - Returns: the error.
  package static func newestRowAmbiguous(
    _ feature: FeatureKey, order: String?, sample: String, rows: Int64?, value: SQLValue?, wayOut: Hint
  ) -> MetaxyError {
    let sample = sample.isEmpty ? "a sample" : "the sample \(sample)"
    let count = rows.map { "\($0)" } ?? "several"
    let payload = Payload(column: order, feature: feature.description)
    guard let order else {
      return MetaxyError(
        .newestRowAmbiguous,
        "\(sample) has \(count) rows of `\(feature)`, and nothing determines which is the newest", payload,
        hints: [.orderColumn(of: feature), wayOut])
    }
    let tied = value.map { "\($0.displayText) in" } ?? "the same in"
    return MetaxyError(
      .newestRowAmbiguous,
      "\(sample) has \(count) newest rows of `\(feature)`: `\(order)` is \(tied) each of them", payload,
      hints: ["the greatest `\(order)` of a sample must be in one row: change or delete the others", wayOut])
  }

  package static func tableMissing(_ feature: FeatureKey, _ table: TableName, _ database: String) -> MetaxyError {
    MetaxyError(
      .tableMissing, "`\(database)` has no table `\(table)` for the feature `\(feature)`",
      Payload(database: database, schema: table.schema, table: table.name, feature: feature.description),
      hints: ["\(.upgrade()) creates it; \(.status()) lists what is pending"])
  }

  package static func tableDrifted(
    _ feature: FeatureKey, _ table: TableName, _ problems: [String], _ database: String
  ) -> MetaxyError {
    MetaxyError(
      .tableDrifted,
      "the table `\(table)` in `\(database)` differs from the feature `\(feature)`: "
        + problems.joined(separator: ", "),
      Payload(database: database, schema: table.schema, table: table.name, feature: feature.description),
      hints: ["\(.check()) lists all differences"])
  }
}

extension Hint {
  /// How a feature determines which row is the newest.
  package static func orderColumn(of feature: FeatureKey) -> Hint {
    "name the column that orders the rows of a sample, `@Feature(\"\(feature)\", order: \"COLUMN\")`, and run \(.generate())"
  }
}
