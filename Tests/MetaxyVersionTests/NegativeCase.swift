/// How a case that Metaxy refuses, or accepts by mistake, is written for metaxy.
///
/// `▸` stands before the place that must be named, and is no part of the text.
enum NegativeCase: Sendable {
  /// The list of `features` of an exported graph, each a spec on a line of its own.
  case json(_ specs: [String], _ message: String)
  /// The list of `features` as written.
  case features(_ text: String, _ message: String)
  /// Swift source, after two features `u` and `v` with the columns `sample_id`, `p` and `q`.
  case swift(_ source: String, _ message: String)
  /// A configuration.
  case toml(_ text: String, _ message: String)
}

/// A spec of an exported graph, as text.
private func spec(_ key: String, _ members: String...) -> String {
  "{" + (["\"key\": \(key)"] + members + ["\"id_columns\": [\"sample_id\"]"]).joined(separator: ", ") + "}"
}

private let u = spec("[\"u\"]")
private let v = spec("[\"v\"]")

private func fields(_ list: String) -> String { "\"fields\": [\(list)]" }
private func deps(_ list: String) -> String { "\"deps\": [\(list)]" }

private func declared(_ arguments: String, key: String = "\"a\"", members: String = "") -> String {
  "@Feature(\(key)\(arguments.isEmpty ? "" : ", " + arguments))\nstruct A: Sample {\n  var sampleId: String\n\(members)}"
}

/// The column that every dependency below takes.
private func taking(_ columns: String, _ rename: String = "null", of feature: String = "u") -> String {
  "{\"feature\": [\"\(feature)\"], \"columns\": \(columns), \"rename\": \(rename)}"
}

extension NegativeCase {
  /// The cases by their names in the goldens.
  static let refused: [String: [NegativeCase]] = [
    "key_part_slash": [
      .json([spec("▸[\"a/b\", \"c\"]")], "features[0].spec.key: the key `a/b/c` has `/` inside the part `a/b`"),
      .swift(declared("", key: "▸[\"a/b\", \"c\"]"), "the key `a/b/c` has `/` inside the part `a/b`"),
    ],
    "key_part_double_underscore": [
      .json([spec("▸[\"a__b\"]")], "features[0].spec.key: the key `a__b` has `__` in the part `a__b`"),
      .swift(declared("", key: "▸\"a__b\""), "the key `a__b` has `__` in the part `a__b`"),
    ],
    "key_part_triple_underscore": [
      .json([spec("▸\"a/b___c\"")], "features[0].spec.key: the key `a/b___c` has `__` in the part `b___c`"),
      .swift(declared("", key: "▸\"a/b___c\""), "the key `a/b___c` has `__` in the part `b___c`"),
    ],
    "key_part_not_str": [
      .json([spec("[\"a\", ▸1]")], "features[0].spec.key[1]: expected a text, found a number"),
      .swift(declared("", key: "[\"a\", ▸1]"), "expected a string literal, found a number"),
    ],
    "key_not_sequence": [
      .json([spec("▸5")], "features[0].spec.key: expected a key, as a list of its parts, found a number"),
      .swift(declared("", key: "▸5"), "expected a string literal, found a number"),
    ],
    "key_none": [
      .json([spec("▸null")], "features[0].spec.key: expected a key, as a list of its parts, found null"),
      .swift(declared("", key: "▸nil"), "expected a string literal, found `nil`"),
    ],
    "field_key_double_underscore": [
      .json(
        [spec("[\"a\"]", fields("{\"key\": ▸[\"x__y\"], \"code_version\": \"1\"}"))],
        "features[0].spec.fields[0].key: the key `x__y` has `__` in the part `x__y`"),
      .swift(declared("fields: [.field(▸\"x__y\")]"), "the key `x__y` has `__` in the part `x__y`"),
    ],
    "field_key_part_slash": [
      .json(
        [spec("[\"a\"]", fields("{\"key\": ▸[\"x/y\"], \"code_version\": \"1\"}"))],
        "features[0].spec.fields[0].key: the key `x/y` has `/` inside the part `x/y`"),
      .swift(declared("fields: [.field(▸[\"x/y\"])]"), "the key `x/y` has `/` inside the part `x/y`"),
    ],
    "duplicate_field_keys": [
      .json(
        [
          spec(
            "[\"a\"]",
            fields("{\"key\": [\"x\"], \"code_version\": \"1\"}, ▸{\"key\": [\"x\"], \"code_version\": \"2\"}"))
        ], "`a` has the field `x` twice"),
      .swift(declared("fields: [.field(\"x\"), ▸.field(\"x\", codeVersion: \"2\")]"), "`a` has the field `x` twice"),
    ],
    "code_version_int": [
      .json(
        [spec("[\"a\"]", fields("{\"key\": [\"x\"], \"code_version\": ▸1}"))],
        "features[0].spec.fields[0].code_version: expected a text, found a number"),
      .swift(declared("fields: [.field(\"x\", codeVersion: ▸1)]"), "expected a string literal, found a number"),
    ],
    "code_version_none": [
      .json(
        [spec("[\"a\"]", fields("{\"key\": [\"x\"], \"code_version\": ▸null}"))],
        "features[0].spec.fields[0].code_version: expected a text, found null")
    ],
    "field_deps_none": [
      .json(
        [spec("[\"a\"]", fields("{\"key\": [\"x\"], \"code_version\": \"1\", \"deps\": ▸null}"))],
        "features[0].spec.fields[0].deps: expected a list of dependencies, or `__METAXY_ALL_DEP__`, found null")
    ],
    "id_columns_empty": [
      .json(
        ["{\"key\": [\"a\"], \"id_columns\": ▸[]}"],
        "features[0].spec.id_columns: the list of ID columns is empty: it must identify a sample"),
      .swift(
        "▸" + declared("idColumns: []"), "`a` has an empty list of ID columns: they must identify a sample"),
    ],
    "id_columns_none": [
      .json(
        ["{\"key\": [\"a\"], \"id_columns\": ▸null}"],
        "features[0].spec.id_columns: expected a list of names, found null")
    ],
    "id_columns_non_str": [
      .json(
        ["{\"key\": [\"a\"], \"id_columns\": [▸1]}"],
        "features[0].spec.id_columns[0]: expected a text, found a number"),
      .swift(declared("idColumns: [▸1]"), "expected a string literal, found a number"),
    ],
    "id_columns_missing_on_base": [
      .json(["▸{\"key\": [\"a\"]}"], "features[0].spec: the member `id_columns` is missing")
    ],
    "metadata_not_json": [
      .json([spec("[\"a\"]", "\"metadata\": {\"x\": 1▸j}")], "expected `,` or `}`"),
      .swift(
        declared("metadata: [\"x\": ▸Complex(0, 1)]"),
        "expected a JSON value of literals, found a call: sources are read, not run"),
    ],
    "metadata_int_key": [
      .json([spec("[\"a\"]", "\"metadata\": {▸1: \"x\"}")], "expected the name of a member"),
      .swift(declared("metadata: [▸1: \"x\"]"), "expected a string literal, found a number"),
    ],
    "metadata_nested_int_key": [
      .json([spec("[\"a\"]", "\"metadata\": {\"x\": {▸1: \"x\"}}")], "expected the name of a member"),
      .swift(declared("metadata: [\"x\": [▸1: \"x\"]]"), "expected a string literal, found a number"),
    ],
    "metadata_datetime": [
      .swift(
        declared("metadata: [\"x\": ▸Date()]"),
        "expected a JSON value of literals, found a call: sources are read, not run")
    ],
    "missing_dep_at_version": missingDependency,
    "missing_dep_snapshot": missingDependency,
    "missing_dep_registration_ok": missingDependency,
    "cycle_2": [
      .json(
        [
          spec("[\"a\"]", deps("▸{\"feature\": [\"b\"]}")), spec("[\"b\"]", deps("{\"feature\": [\"a\"]}")),
        ], "features depend on each other in a cycle: `a` → `b` → `a`"),
      .swift(
        declared("dependencies: [▸.feature(\"b\")]")
          + "\n@Feature(\"b\", dependencies: [.feature(A.self)])\nstruct B: Sample {\n  var sampleId: String\n}",
        "features depend on each other in a cycle: `a` → `b` → `a`"),
    ],
    "fielddep_unknown_field": [
      .json(
        [
          u,
          spec(
            "[\"a\"]", deps("{\"feature\": [\"u\"]}"),
            fields(
              "▸{\"key\": [\"x\"], \"code_version\": \"1\", \"deps\": [{\"feature\": [\"u\"], \"fields\": [[\"nope\"]]}]}"
            )),
        ], "the field `x` depends on `nope`, which is not a field of `u`"),
      .swift(
        declared(
          "dependencies: [.feature(U.self)], fields: [▸.field(\"x\", dependencies: [.fields(of: U.self, [\"nope\"])])]"),
        "the field `x` depends on `nope`, which is not a field of `u`"),
    ],
    "fielddep_feature_not_in_deps_all": [
      .json(
        [
          u,
          spec(
            "[\"a\"]",
            fields("▸{\"key\": [\"x\"], \"code_version\": \"1\", \"deps\": [{\"feature\": [\"u\"]}]}")),
        ], "the field `x` depends on fields of `u`, which is not a dependency of `a`"),
      .swift(
        declared("fields: [▸.field(\"x\", dependencies: [.allFields(of: U.self)])]"),
        "the field `x` depends on fields of `u`, which is not a dependency of `a`"),
    ],
    "fielddep_feature_not_in_deps_list": [
      .swift(
        declared("fields: [▸.field(\"x\", dependencies: [.fields(of: \"u\", [\"default\"])])]"),
        "the field `x` depends on fields of `u`, which is not a dependency of `a`")
    ],
    "fielddep_custom_spec_instance": [
      .json(
        [
          u,
          spec(
            "[\"a\"]", deps("{\"feature\": [\"u\"]}"),
            fields("{\"key\": [\"x\"], \"code_version\": \"1\", \"deps\": [{\"feature\": ▸\(u)}]}")),
        ],
        "features[1].spec.fields[0].deps[0].feature: expected a key, as a list of its parts, found an object"),
      .swift(
        declared("fields: [.field(\"x\", dependencies: [.allFields(of: ▸spec)])]"),
        "expected a type such as `Video.self`, or a key, found the name `spec`: sources are read, not run"),
    ],
    "rename_to_system_feature_version": renaming(
      "p", to: "feature_version",
      "`a` renames the column `p` of `u` to `feature_version`, the name of a system column"),
    "rename_to_system_metaxy_feature_version": renaming(
      "p", to: "metaxy_feature_version",
      "`a` renames the column `p` of `u` to `metaxy_feature_version`, the name of a system column"),
    "rename_to_system_of_unknown_upstream": [
      .json(
        [spec("[\"a\"]", deps("▸" + taking("null", "{\"p\": \"data_version\"}", of: "nope")))],
        "`a` depends on `nope`, which no feature declares")
    ],
    "rename_id_to_itself": renaming(
      "sample_id", to: "sample_id",
      "`a` renames the column `sample_id` of `u` to `sample_id`, the name of an ID column there"),
    "rename_of_unselected_column_is_ignored": [
      .json(
        [u, spec("[\"a\"]", deps("▸" + taking("[\"p\"]", "{\"zzz\": \"p\"}")))],
        "`a` renames the column `zzz` of `u`, but does not select it"),
      .swift(
        declared("dependencies: [▸.feature(U.self, columns: [\"p\"], rename: [\"q\": \"p\"])]"),
        "`a` renames the column `q` of `u`, but does not select it"),
    ],
    "duplicate_columns_two_deps": twice(taking("[\"p\", \"q\"]"), taking("[\"q\", \"x\"]", of: "v"), "q"),
    "duplicate_columns_after_rename": twice(
      taking("null", "{\"p\": \"z\"}"), taking("[\"q\"]", "{\"q\": \"z\"}", of: "v"), "z"),
    "duplicate_columns_rename_vs_plain": twice(
      taking("[\"z\"]"), taking("[\"q\"]", "{\"q\": \"z\"}", of: "v"), "z"),
    "duplicate_columns_same_dep_twice": twice(taking("[\"p\"]"), taking("[\"p\"]"), "p"),
    "duplicate_column_inside_one_dep": [
      .json(
        [u, spec("[\"a\"]", deps("▸" + taking("[\"p\", \"p\"]")))], "`a` selects two columns with the name `p`"),
      .swift(
        declared("dependencies: [▸.feature(U.self, columns: [\"p\", \"p\"])]"),
        "`a` selects two columns with the name `p`"),
    ],
    "columns_str": [
      .json(
        [u, spec("[\"a\"]", deps("{\"feature\": [\"u\"], \"columns\": ▸\"abc\"}"))],
        "features[1].spec.deps[0].columns: expected a list of names, found a text"),
      .swift(
        declared("dependencies: [.feature(U.self, columns: ▸\"abc\")]"),
        "expected a list of string literals, found a string"),
    ],
    "dep_missing_feature": [
      .json([spec("[\"a\"]", deps("▸{}"))], "features[0].spec.deps[0]: the member `feature` is missing"),
      .swift(declared("dependencies: [▸.feature()]"), "`.feature` needs a feature: a type or a key"),
    ],
    "spec_extra_argument": [
      .swift(declared("▸bogus: 1"), "`@Feature` has no argument `bogus:`"),
      .json(
        [spec("[\"a\"]", "▸\"dep\": [{\"feature\": [\"u\"]}]"), u],
        "features[0].spec.dep: unknown member `dep` here; did you mean `deps`?"),
      .json(
        [u, spec("[\"a\"]", deps("{\"feature\": [\"u\"], ▸\"colums\": []}"))],
        "features[1].spec.deps[0].colums: unknown member `colums` here; did you mean `columns`, or one of `feature`, `rename`?"
      ),
    ],
    "sqlmodel_duplicate_column_name": [
      .swift(
        declared("", members: "  var ▸featureVersion: String\n"),
        "`feature_version` is a system column, which every feature's table has without declaring it"),
      .features(
        "{\"spec\": \(u), \"class_path\": \"U\", \"table\": {\"name\": \"u\", \"columns\": ["
          + "{\"name\": \"sample_id\", \"type\": \"string\", \"nullable\": false}, "
          + "{\"name\": ▸\"feature_version\", \"type\": \"string\", \"nullable\": true}]}}",
        "features[0].table.columns[1].name: `feature_version` is a system column, which every feature's table has without"
          + " declaring it"),
    ],
    "project_empty": [project("''", "found ``")],
    "project_slash": [project("'a/b'", "found `a/b`")],
    "project_double_underscore": [project("'a__b'", "found `a__b`")],
    "project_dot": [project("'a.b'", "found `a.b`")],
    "project_unicode": [project("'\u{E9}'", "found `\u{E9}`")],
    "project_trailing_newline": [project("\"a\\n\"", "found `a\n`")],
    "project_int": [.toml("project = ▸1", "`project` must be a string, found an integer")],
    "hash_truncation_negative": [
      .toml("hash_truncation_length = ▸-1", "`hash_truncation_length` must be at least 8, found -1")
    ],
    "hash_truncation_float": [
      .toml("hash_truncation_length = ▸8.5", "`hash_truncation_length` must be an integer, found a float")
    ],
    "config_store_extra": [
      .toml("[stores.x]\ntype = 'x'\n▸bogus = 1", "unknown key `stores.x.bogus`")
    ],
    "entrypoint_missing_module": [
      .toml(
        "entrypoints = [▸'no_such_module_xyz']", "entrypoint `no_such_module_xyz` matches no Swift file")
    ],
  ]

  /// The cases that cannot be refused, or need not be, and why.
  static let leftOut: [String: String] = [
    "spec_frozen": "a definition is a value: changing a copy changes no graph",
    "fielddep_feature_class": "a slip of Metaxy's, which means to allow it; here a type is as good as a key",
    "get_feature_by_key_unknown": "a look-up in a program: `FeatureGraph` answers nil",
    "id_columns_featurespec_two": "any ID columns are allowed",
    "id_columns_featurespec_other": "any ID columns are allowed",
    "sqlmodel_no_primary_key": "a table has no primary key unless one is declared",
    "config_ext_sqlmodel_enabled": "`enabled` is taken for `enable`",
    "hash_truncation_str_number_ok": "Metaxy takes a text for a number; here only what a `${…}` gives is read so",
  ]

  /// The cases that Metaxy accepts and so does metaxy.
  static let accepted: Set = ["rename_to_feature_spec_version_is_accepted"]

  private static let missingDependency: [NegativeCase] = [
    .json(
      [spec("[\"a\"]", deps("▸{\"feature\": [\"nope\"]}"))], "`a` depends on `nope`, which no feature declares"),
    .swift(declared("dependencies: [▸.feature(\"nope\")]"), "`a` depends on `nope`, which no feature declares"),
  ]

  private static func renaming(_ old: String, to new: String, _ message: String) -> [NegativeCase] {
    [
      .json([u, spec("[\"a\"]", deps("▸" + taking("null", "{\"\(old)\": \"\(new)\"}")))], message),
      .swift(declared("dependencies: [▸.feature(U.self, rename: [\"\(old)\": \"\(new)\"])]"), message),
    ]
  }

  private static func twice(_ first: String, _ second: String, _ name: String) -> [NegativeCase] {
    [.json([u, v, spec("[\"a\"]", deps(first + ", ▸" + second))], "`a` selects two columns with the name `\(name)`")]
  }

  private static func project(_ text: String, _ found: String) -> NegativeCase {
    .toml("project = ▸\(text)", "`project` must consist of letters, digits, `-` and single `_`, \(found)")
  }
}
