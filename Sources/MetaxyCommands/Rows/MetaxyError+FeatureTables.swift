internal import MetaxyErrors
internal import MetaxyFeatures

extension MetaxyError {
  static func featureWithoutTable(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .tableMissing, "the feature `\(feature)` has no table", Payload(feature: feature.description),
      hints: ["\(.listFeatures()) lists the features with their tables"])
  }

  static func rowsOfOtherProject(_ feature: FeatureKey, _ project: String, own: String) -> MetaxyError {
    MetaxyError(
      .otherProject, "`\(feature)` is a feature of the project `\(project)`, but this project is `\(own)`",
      Payload(feature: feature.description), hints: ["import its rows in that project"])
  }
}
