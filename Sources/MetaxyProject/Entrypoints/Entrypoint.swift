/// A file, a directory or a glob where features are declared.
package struct Entrypoint: Sendable, Hashable {
  /// As it is written; relative to the directory of the configuration file, whoever names it.
  package let text: String
  /// Where it is named.
  package let origin: Origin
}
