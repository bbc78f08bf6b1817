internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

// Errors about rows that are copied to another store, or to another version.
extension MetaxyError {
  /// Two stores whose rows are not interchangeable; of one feature, or of all.
  static func storesDiffer(_ feature: FeatureKey?, _ differences: [String]) -> MetaxyError {
    let rows = feature.map { "the rows of `\($0)`" } ?? "rows"
    return MetaxyError(
      .storesDiffer, "\(rows) cannot be copied between these stores: \(differences.joined(separator: ", "))",
      Payload(feature: feature?.description),
      hints: ["\(.generate()) writes the registries of both programs from the same features"])
  }

  static func copyOntoItself(_ database: String) -> MetaxyError {
    MetaxyError(
      .storesDiffer,
      "the rows of `\(database)` cannot be copied onto themselves: source and destination are the same tables",
      Payload(database: database), hints: ["pass another store as `from`"])
  }

  /// A sample has several rows, and only the source orders them.
  static func orderNotCopied(_ feature: FeatureKey, sample: String) -> MetaxyError {
    MetaxyError(
      .newestRowAmbiguous,
      "the sample \(sample) has several rows of `\(feature)`, and on the other engine no column determines which is the newest",
      Payload(feature: feature.description),
      hints: [.orderColumn(of: feature), "delete the rows of the sample that are out of date"])
  }
}
