package import MetaxyConfiguration

/// A file, directory or glob that declares features.
package struct Entrypoint: Sendable, Hashable {
  /// The text as written; always relative to the directory of the configuration file.
  package let text: String
  /// The setting that contains it.
  package let origin: Origin
}
