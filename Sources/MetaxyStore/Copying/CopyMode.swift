public import MetaxyFeatures

/// Which rows a copy adds to the destination.
public enum CopyMode: Sendable, Hashable {
  /// All of them, even if the destination has the same rows already.
  case all
  /// Those that the destination does not have: a row is left out if one there has the same values in all columns.
  ///
  /// So a copy that is done twice changes nothing the second time.
  case missing
}

/// The rows of a feature that were copied, and those that were not.
public struct CopiedRows: Sendable, Hashable {
  /// The key of the feature.
  public let feature: FeatureKey
  /// The number of rows added to the destination.
  public let copied: Int
  /// The number of rows that the destination had already; 0 for ``CopyMode/all``.
  public let alreadyThere: Int
  /// The number of rows of other versions of the feature, which stay behind.
  public let ofOtherVersions: Int
}
