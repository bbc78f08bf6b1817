// The arguments of an attribute are type-checked and never run, and they are checked twice: here, and as the copy in
// the expansion of the attribute, against `FeatureDependency`, `FieldSpec` and `FieldDependency`. The types here have
// the same functions as those, but accept any type for a feature.
//
// To determine whether `Video` is a feature, the compiler expands the `@Feature` of `Video`, and therefore checks the
// arguments of that attribute, and so on up the graph: every file would depend on all files upstream, and would be compiled
// again whenever one of them changes (an edit in the middle of 100 features: 7 s of CPU instead of 2.5). With the constraint
// in the expansion only, the compiler checks only direct dependencies. The implicit `Copyable` constraint would have the same
// effect, so it is suppressed with `~Copyable & ~Escapable`.

/// An argument of `dependencies:` in `@Feature`: a feature that this one is computed from.
///
/// It becomes a ``FeatureDependency``.
public struct FeatureDependencyArgument {
  /// Returns a dependency on a feature, by its key: `.feature("video", columns: ["path"])`.
  ///
  /// - Parameters:
  ///   - feature: The key: `"video/crop"` or `["video", "crop"]`.
  ///   - columns: The columns taken. Default: all; `[]`: the system columns only.
  ///   - rename: New names of columns taken, by their old ones.
  ///   - fieldsMapping: The fields that those without dependencies of their own are computed from, since Metaxy 0.1.
  ///     Default: the field of the same name, or else all.
  ///   - filters: SQL conditions on the rows taken, with the new names of columns, since Metaxy 0.1.
  ///   - lineage: The relation of the rows, since Metaxy 0.1. Default: one row from one row.
  ///   - isOptional: Whether a row does not need a row of this dependency, since Metaxy 0.1.
  /// - Returns: The argument.
  public static func feature(
    _ feature: FeatureKey, columns: [String]? = nil, rename: ColumnRenames? = nil,
    fieldsMapping: FieldsMapping = .sameName(), filters: [String]? = nil, lineage: Lineage = .identity,
    optional isOptional: Bool = false
  ) -> FeatureDependencyArgument {
    FeatureDependencyArgument()
  }

  /// Returns a dependency on a feature, by its type: `.feature(Video.self, columns: ["path"])`.
  ///
  /// - Parameters:
  ///   - feature: The type, itself a feature.
  ///   - columns: The columns taken. Default: all; `[]`: the system columns only.
  ///   - rename: New names of columns taken, by their old ones.
  ///   - fieldsMapping: The fields that those without dependencies of their own are computed from, since Metaxy 0.1.
  ///     Default: the field of the same name, or else all.
  ///   - filters: SQL conditions on the rows taken, with the new names of columns, since Metaxy 0.1.
  ///   - lineage: The relation of the rows, since Metaxy 0.1. Default: one row from one row.
  ///   - isOptional: Whether a row does not need a row of this dependency, since Metaxy 0.1.
  /// - Returns: The argument.
  public static func feature<Upstream: ~Copyable & ~Escapable>(
    _ feature: Upstream.Type, columns: [String]? = nil, rename: ColumnRenames? = nil,
    fieldsMapping: FieldsMapping = .sameName(), filters: [String]? = nil, lineage: Lineage = .identity,
    optional isOptional: Bool = false
  ) -> FeatureDependencyArgument {
    FeatureDependencyArgument()
  }
}

/// An argument of `fields:` in `@Feature`: a part of the data of the feature, with its own code version.
///
/// It becomes a ``FieldSpec``.
public struct FieldArgument {
  /// Returns a field: `.field("frames", codeVersion: "2", dependencies: [.allFields(of: Video.self)])`.
  ///
  /// - Parameters:
  ///   - key: The name of the field, unique in the feature: `"frames"` or `["audio", "left"]`.
  ///   - codeVersion: Any text; change it when the code that computes the field changes.
  ///   - dependencies: The upstream fields that it is computed from. Default: every field of every dependency, and since
  ///     Metaxy 0.1 those that the mappings of the dependencies give; `[]`: none.
  /// - Returns: The argument.
  public static func field(
    _ key: FieldKey, codeVersion: String = "1", dependencies: [FieldDependencyArgument]? = nil
  ) -> FieldArgument {
    FieldArgument()
  }

  /// Returns a field that is computed from every field of every dependency: `.field("frames", dependencies: .all)`.
  ///
  /// - Parameters:
  ///   - key: The name of the field, unique in the feature: `"frames"` or `["audio", "left"]`.
  ///   - codeVersion: Any text; change it when the code that computes the field changes.
  ///   - dependencies: `.all`.
  /// - Returns: The argument.
  public static func field(
    _ key: FieldKey, codeVersion: String = "1", dependencies: AllFields
  ) -> FieldArgument {
    FieldArgument()
  }
}

/// An argument of `dependencies:` in `.field(…)`: fields of one of the feature's dependencies.
///
/// It becomes a ``FieldDependency``.
public struct FieldDependencyArgument {
  /// Returns a dependency on some fields of a feature, by its key: `.fields(of: "video", ["frames"])`.
  public static func fields(of feature: FeatureKey, _ fields: [FieldKey]) -> FieldDependencyArgument {
    FieldDependencyArgument()
  }

  /// Returns a dependency on some fields of a feature, by its type: `.fields(of: Video.self, ["frames"])`.
  public static func fields<Upstream: ~Copyable & ~Escapable>(
    of feature: Upstream.Type, _ fields: [FieldKey]
  ) -> FieldDependencyArgument {
    FieldDependencyArgument()
  }

  /// Returns a dependency on every field of a feature, by its key: `.allFields(of: "video")`.
  public static func allFields(of feature: FeatureKey) -> FieldDependencyArgument {
    FieldDependencyArgument()
  }

  /// Returns a dependency on every field of a feature, by its type: `.allFields(of: Video.self)`.
  public static func allFields<Upstream: ~Copyable & ~Escapable>(of feature: Upstream.Type) -> FieldDependencyArgument {
    FieldDependencyArgument()
  }
}
