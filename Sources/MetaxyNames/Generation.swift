/// The generations of Metaxy. They differ in specs, versions, system columns and system tables.
///
/// A project has one: its graph, its stores and its environments follow the same rules.
package enum Generation: String, Sendable, Hashable, CaseIterable {
  /// Metaxy's first releases.
  case seed
  /// Metaxy since 0.1.
  case release01 = "0.1"
}
