/// The version of metaxy: the only place that states it.
package enum ToolVersion {
  /// As `--version` prints it and the log records it; the newest heading of the changelog.
  package static let current = "0.1.0"
}
