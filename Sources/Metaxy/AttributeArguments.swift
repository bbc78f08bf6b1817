// What stands in an attribute is type-checked and never run, and it is checked twice: here, and as the copy in the
// attribute's expansion, against `FeatureDependency`, `FieldSpec` and `FieldDependency`. The types here have the same
// functions as those, but take any type for a feature.
//
// To learn whether `Video` is a feature, the compiler expands the `@Feature` of `Video`, for which it checks the arguments
// of that one, and so on up the graph: every file would depend on all files upstream, and be compiled again whenever one
// of them changes (the middle one of 100 features edited: 7 s of CPU instead of 2.5). Asked in the expansion alone, the
// question goes no further than the next features. Even that `Video` is copyable would be asked there, hence `~Copyable &
// ~Escapable`, which ask nothing.

/// An argument of `dependencies:` in `@Feature`; it stands for a ``FeatureDependency``.
public struct FeatureDependencyArgument {
  /// A feature that this one is computed from, by its key: `.feature("video", columns: ["path"])`.
  ///
  /// - Parameters:
  ///   - feature: The key: `"video/crop"` or `["video", "crop"]`.
  ///   - columns: The columns taken. Default: all; `[]`: the system columns alone.
  ///   - rename: New names of columns taken, by their old ones.
  public static func feature(
    _ feature: FeatureKey, columns: [String]? = nil, rename: ColumnRenames? = nil
  ) -> FeatureDependencyArgument {
    FeatureDependencyArgument()
  }

  /// A feature that this one is computed from, by its type: `.feature(Video.self, columns: ["path"])`.
  ///
  /// - Parameters:
  ///   - feature: The type, itself a feature.
  ///   - columns: The columns taken. Default: all; `[]`: the system columns alone.
  ///   - rename: New names of columns taken, by their old ones.
  public static func feature<Upstream: ~Copyable & ~Escapable>(
    _ feature: Upstream.Type, columns: [String]? = nil, rename: ColumnRenames? = nil
  ) -> FeatureDependencyArgument {
    FeatureDependencyArgument()
  }
}

/// An argument of `fields:` in `@Feature`; it stands for a ``FieldSpec``.
public struct FieldArgument {
  /// A part of the feature's data, with a code version of its own.
  ///
  /// - Parameters:
  ///   - key: The field's name, unique in the feature: `"frames"` or `["audio", "left"]`.
  ///   - codeVersion: Changes when the code that computes the field does; any text.
  ///   - dependencies: The upstream fields that it is computed from. Default: every field of every dependency; `[]`: none.
  public static func field(
    _ key: FieldKey, codeVersion: String = "1", dependencies: [FieldDependencyArgument]? = nil
  ) -> FieldArgument {
    FieldArgument()
  }
}

/// An argument of `dependencies:` in `.field(…)`; it stands for a ``FieldDependency``.
public struct FieldDependencyArgument {
  /// Some fields of one of the feature's dependencies, by its key: `.fields(of: "video", ["frames"])`.
  public static func fields(of feature: FeatureKey, _ fields: [FieldKey]) -> FieldDependencyArgument {
    FieldDependencyArgument()
  }

  /// Some fields of one of the feature's dependencies, by its type: `.fields(of: Video.self, ["frames"])`.
  public static func fields<Upstream: ~Copyable & ~Escapable>(
    of feature: Upstream.Type, _ fields: [FieldKey]
  ) -> FieldDependencyArgument {
    FieldDependencyArgument()
  }

  /// Every field of one of the feature's dependencies, by its key: `.allFields(of: "video")`.
  public static func allFields(of feature: FeatureKey) -> FieldDependencyArgument {
    FieldDependencyArgument()
  }

  /// Every field of one of the feature's dependencies, by its type: `.allFields(of: Video.self)`.
  public static func allFields<Upstream: ~Copyable & ~Escapable>(of feature: Upstream.Type) -> FieldDependencyArgument {
    FieldDependencyArgument()
  }
}
