// The generated registry
// The Swift file that `metaxy generate` writes.

package import MetaxyErrors

extension MetaxyError.Code {
  /// No path is set for the registry.
  ///
  /// Set `registry` in `[ext.migrations]`, or use `--output`.
  package static let noRegistry = Self("no_registry")

  /// The file at the path of the registry was not written by `metaxy generate`, or that of a page not by `metaxy report`, so it
  /// is left as it is.
  ///
  /// Move the file away, or set another path.
  package static let foreignFile = Self("foreign_file")

  /// The path of the registry does not end in `.swift`.
  ///
  /// Use a path that does, or `-` for stdout.
  package static let invalidOutput = Self("invalid_output")

  /// A text given with `--import` is not the name of a module.
  ///
  /// Use the name of a Swift module.
  package static let invalidImport = Self("invalid_import")
}
