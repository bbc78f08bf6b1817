/// What a write does with the samples that have rows already.
public enum WriteMode: Sendable, Hashable {
  /// Every row is appended, and becomes the newest of its sample.
  case appending
  /// Rows whose data version is that of the newest row of their sample are skipped; since Metaxy 0.1 if the provenance is the same,
  /// too.
  case unlessUnchanged
  /// The rows of the samples are deleted first, in the current version of the feature.
  case replacing
}
