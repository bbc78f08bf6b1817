/// How samples are deleted.
public enum DeletionMode: Sendable, Hashable {
  /// Their rows leave the table.
  case hard
  /// A copy of the newest row of each sample is appended, with the time of the deletion in `metaxy_deleted_at`; since Metaxy
  /// 0.1.
  ///
  /// The sample is not read any more until it is written again. All of its rows stay, and its times of creation and update.
  case soft
}
