/// The relation of the rows of a feature to those of a dependency, since Metaxy 0.1.
public enum Lineage: Sendable, Hashable {
  /// One row from one row.
  case identity
  /// One row from a group of rows, which have the same values in the columns; nil for the ID columns of the feature.
  case aggregation(on: [String]? = nil)
  /// Several rows from one row, which the columns identify. The pattern describes the IDs of the rows.
  case expansion(on: [String], pattern: String? = nil)
}
