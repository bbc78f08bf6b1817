internal import MetaxyFeatures
internal import MetaxyNames

extension FeatureRegistry {
  /// The generation whose rules the features follow.
  var generation: Generation { projectVersion == nil ? .seed : .release01 }
}
