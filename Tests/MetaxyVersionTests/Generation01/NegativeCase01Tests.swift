import MetaxyCommands
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyTestSupport
import Testing

/// What Metaxy 0.1 refuses is refused, and what it accepts is accepted, as far as it can be written as data.
@Suite(.timed) struct NegativeCase01Tests {
  /// Cases that are refused, as specs, with the end of the message.
  private static let refused: [String: (specs: [String], message: String)] = [
    "key_upper_case": ([spec("aB")], "only `a` to `z`, digits, `_` and `-` are allowed"),
    "key_digit_first": ([spec("1a/b")], "the first part starts with a letter or `_`"),
    "key_hyphen_first_later": ([spec("a/-b")], "has a part that starts with `-`"),
    "key_empty_part": ([spec("a//b")], "has an empty part"),
    "key_accent": ([spec("é")], "only `a` to `z`, digits, `_` and `-` are allowed"),
    "field_duplicate": ([spec("a", #""fields": ["x", {"key": "x", "code_version": "2"}]"#)], "has the field `x` twice"),
    "field_code_version_number": (
      [spec("a", #""fields": [{"key": "x", "code_version": 1}]"#)], "expected a text, found a number"
    ),
    "field_deps_text": ([spec("a", #""fields": [{"key": "x", "deps": "ALL"}]"#)], "`__METAXY_ALL_DEP__`, found a text"),
    "field_deps_none": ([spec("a", #""fields": [{"key": "x", "deps": null}]"#)], "`__METAXY_ALL_DEP__`, found null"),
    "field_unknown_member": (
      [spec("a", #""fields": [{"key": "x", "owner": "me"}]"#)],
      "unknown member `owner` here; the members are `key`, `code_version`, `deps`"
    ),
    "fields_none": ([spec("a", #""fields": null"#)], "expected a list of fields, found null"),
    "id_columns_missing": ([#"{"key": "a"}"#], "the member `id_columns` is missing"),
    "id_columns_empty": (
      [#"{"key": "a", "id_columns": []}"#], "the list of ID columns is empty: it must identify a sample"
    ),
    "id_columns_none": ([#"{"key": "a", "id_columns": null}"#], "expected a list of texts, found null"),
    "id_columns_number": ([#"{"key": "a", "id_columns": [1]}"#], "expected a text, found a number"),
    "dep_columns_of_old": (
      [spec("u"), spec("a", #""deps": [{"feature": "u", "columns": ["x"]}]"#)],
      "this graph is of generation `seed`, and the project is of generation `0.1`: `generation` in [ext.migrations] chooses"
    ),
    "dep_rename_not_text": (
      [spec("u"), spec("a", #""deps": [{"feature": "u", "rename": {"p": 1}}]"#)], "expected a text, found a number"
    ),
    "dep_lineage_unknown": (
      [spec("u"), spec("a", #""deps": [{"feature": "u", "lineage": {"relationship": {"type": "N:N"}}}]"#)],
      "expected `1:1`, `N:1` or `1:N`, found `N:N`"
    ),
    "dep_lineage_expansion_without_on": (
      [spec("u"), spec("a", #""deps": [{"feature": "u", "lineage": {"relationship": {"type": "1:N"}}}]"#)],
      "the member `on` is missing"
    ),
    "metadata_none": ([spec("a", #""metadata": null"#)], "expected an object, found null"),
    "duplicate_feature": ([spec("a/b"), spec("a/b")], "the feature `a/b` is declared twice"),
    "missing_dependency": ([spec("b", #""deps": ["nowhere"]"#)], "`b` depends on `nowhere`, which no feature declares"),
    "cycle_self": ([spec("a", #""deps": ["a"]"#)], "fields depend on each other in a cycle: `a.default` → `a.default`"),
    "cycle_two": (
      [spec("a", #""deps": ["b"]"#), spec("b", #""deps": ["a"]"#)],
      "fields depend on each other in a cycle: `a.default` → `b.default` → `a.default`"
    ),
    "field_dep_feature_not_a_dep": (
      [
        spec("a"), spec("c"),
        spec("b", #""deps": ["a"], "fields": [{"key": "z", "deps": [{"feature": "c", "fields": ["default"]}]}]"#),
      ], "the field `z` depends on fields of `c`, which is not a dependency of `b`; did you mean `a`?"
    ),
    "mapping_none_alone": (
      [
        spec("a", #""fields": ["x", "y"]"#),
        spec("b", #""deps": [{"feature": "a", "fields_mapping": {"mapping": {"type": "none"}}}], "fields": ["x"]"#),
      ], "the field `x` of `b` has no parents: no dependency's `fields_mapping` gives it a field"
    ),
    "mapping_specific_without_match": (
      [
        spec("a", #""fields": ["x", "y"]"#),
        spec(
          "b",
          #""deps": [{"feature": "a", "fields_mapping": {"mapping": {"type": "specific", "mapping": {"z": [["nope"]]}}}}], "fields": ["z"]"#
        ),
      ], "the field `z` of `b` has no parents: no dependency's `fields_mapping` gives it a field"
    ),
    "mapping_parent_without_fields": (
      [spec("a", #""fields": []"#), spec("b", #""deps": ["a"]"#)],
      "the field `default` of `b` has no parents: no dependency's `fields_mapping` gives it a field"
    ),
    // Metaxy reads conditions when rows are computed, and refuses them then.
    "dep_filter_nonsense": (
      [spec("u"), spec("a", #""deps": [{"feature": "u", "filters": ["this is ( not"]}]"#)],
      "`a` filters the rows of `u` by `this is ( not`, which cannot be used: `(` is not part of Metaxy's filters"
    ),
    "filter_parsed_late": (
      [spec("u"), spec("a", #""deps": [{"feature": "u", "filters": ["x +"]}]"#)],
      "`a` filters the rows of `u` by `x +`, which cannot be used: `+` is not part of Metaxy's filters"
    ),
    "code_version_surrogate": ([spec("a", #""fields": [{"key": "x", "code_version": "\ud800"}]"#)], ""),
  ]

  /// Cases that Metaxy accepts, and those that it refuses only when rows are computed, with the end of the warning.
  private static let accepted: [String: (specs: [String], warning: String?)] = [
    "rename_checked_late": (
      [spec("u"), spec("a", #""deps": [{"feature": "u", "rename": {"p": "metaxy_data_version"}}]"#)],
      "to `metaxy_data_version`, the name of a system column"
    ),
    "rename_two_to_one": (
      [spec("u"), spec("a", #""deps": [{"feature": "u", "rename": {"p": "q", "r": "q"}}]"#)],
      "`a` renames two columns of `u` to `q`"
    ),
    "select_collision": (
      [
        spec("u"), spec("c"),
        spec("a", #""deps": [{"feature": "u", "select": ["p"]}, {"feature": "c", "select": ["p"]}]"#),
      ], "`a` selects two columns with the name `p`"
    ),
  ]

  /// Cases about Python's classes, its configuration, or what happens when rows are computed.
  private static let elsewhere: [String: String] = [
    "id_columns_not_a_property": "a Python class", "id_columns_not_a_property_instance": "a Python class",
    "metadata_key_not_text": "JSON has no such key", "metadata_not_serializable": "JSON has no such value",
    "metadata_surrogate": "half a pair is no text here", "spec_frozen": "a Python object",
    "spec_subclass_member": "data has the members of the class only", "project_not_text": "a Python class",
    "project_odd_on_class": "a project has one rule here", "project_version_empty_graph": "a graph may be empty",
    "project_version_of_foreign": "a project has one rule here", "key_no_parts": "a form of a key",
    "duplicate_feature_same_class": "a Python class", "duplicate_feature_external_first": "a test of its own",
    "duplicate_feature_external_last": "a test of its own",
    "missing_dependency_definition_version": "refused as a whole",
    "filter_function": "rows", "filter_like": "rows", "filter_empty": "rows", "filter_kinds": "rows",
  ]

  @Test func everyCaseIsAccountedFor() {
    #expect(Goldens01.negatives.count == 87)
    let ofData = Goldens01.negatives.filter { !["table class", "configuration"].contains($0.text("stage")) }
    let known = Set(Self.refused.keys).union(Self.accepted.keys).union(Self.elsewhere.keys)
    #expect(Set(ofData.map { $0.text("name") }) == known)
  }

  @Test(arguments: refused.keys.sorted())
  func caseIsRefused(name: String) throws {
    let (specs, message) = try #require(Self.refused[name])
    let project = try VersionProject(settings: Self.settings, [("graph.json", Self.graph(specs))])
    let error = try #require(throws: MetaxyError.self) { try project.list() }
    #expect(error.code == .invalidFeatures)
    #expect(error.diagnostics.contains { $0.message.hasSuffix(message) }, "\(error.diagnostics.map(\.message))")
  }

  @Test(arguments: accepted.keys.sorted())
  func caseIsAccepted(name: String) throws {
    let (specs, warning) = try #require(Self.accepted[name])
    let project = try VersionProject(settings: Self.settings, [("graph.json", Self.graph(specs))])
    #expect(try project.list().features.count == specs.count)
    #expect(project.warnings.map { $0.split(separator: "\n")[0] }.allSatisfy { $0.hasSuffix(warning ?? "-") })
    #expect(project.warnings.isEmpty == (warning == nil))
  }

  /// A class replaces an external definition of its key, wherever they stand.
  @Test(arguments: [true, false]) func externalFeatureStandsBack(isFirst: Bool) throws {
    let own = #"{"spec": {"key": "a", "id_columns": ["id"]}, "class_path": "m.T"}"#
    let external = #"{"spec": {"key": "a", "id_columns": ["far"]}, "external": true, "project": "far"}"#
    let features = isFirst ? [external, own] : [own, external]
    let project = try VersionProject(
      settings: Self.settings, [("graph.json", "{\"features\": [\(features.joined(separator: ", "))]}")])
    let list = try project.list()
    #expect(list.features.map(\.classPath) == ["m.T"])
    // SHA-256 of `adefault__metaxy_initial__` and so on, as for the graph with the one feature in the vectors.
    #expect(list.features.first?.featureVersion == "6e53d6ba")
  }

  private static let settings = "[ext.migrations]\ngeneration = \"0.1\"\n"

  private static func spec(_ key: String, _ further: String? = nil) -> String {
    "{\"key\": \"\(key)\", \"id_columns\": [\"id\"]\(further.map { ", " + $0 } ?? "")}"
  }

  private static func graph(_ specs: [String]) -> String {
    let features = specs.map { "{\"spec\": \($0), \"class_path\": \"T\"}" }
    return "{\"features\": [\n\(features.joined(separator: ",\n"))\n]}"
  }
}
