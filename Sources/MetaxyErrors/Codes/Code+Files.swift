// Files
// Files and directories of any kind.

extension MetaxyError.Code {
  /// A file or directory cannot be read.
  ///
  /// Check that it exists and that you may read it.
  public static let unreadableFile = Self("unreadable_file")

  /// A file or directory cannot be written.
  ///
  /// Check that its directory exists, that you may write there, and that the disk is not full.
  public static let unwritableFile = Self("unwritable_file")

  /// A file is not JSON.
  ///
  /// Correct the place that the error points at.
  public static let invalidJSON = Self("invalid_json")
}
