import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyTestSupport
import Testing

@Suite(.timed) struct DependencyRulesTests {
  /// Two features with the columns `id`, `p` and `q`.
  private let upstream = [
    feature("u", line: 1, fields: [.field("frames"), .field("audio/left")], columns: ["id", "p", "q"]),
    feature("v", line: 2, columns: ["id", "p", "q"]),
  ]

  private func problems(_ dependencies: [FeatureDependency]) -> [String] {
    MetaxyGraphTests.problems(upstream + [feature("a", line: 3, dependencies: dependencies)])
  }

  private func problems(_ fields: [FieldSpec]) -> [String] {
    MetaxyGraphTests.problems(upstream + [feature("a", line: 3, dependencies: [.feature("u")], fields: fields)])
  }

  @Test(arguments: [
    [FeatureDependency.feature("u")],
    [.feature("u", columns: [])],
    [.feature("u", columns: ["p", "data_version"])],
    [.feature("u", columns: ["p"], rename: ["p": "u_p"])],
    [.feature("u", rename: ["q": "u_q"])],
    [.feature("u", columns: [], rename: ["feature_version": "u_version", "id": "u_id"])],
    [.feature("u"), .feature("v")],
    [.feature("u", columns: ["id", "p"]), .feature("v", columns: ["id", "q"])],
    [.feature("u", columns: ["p"]), .feature("v", columns: ["p"], rename: ["p": "v_p"])],
    [.feature("u", rename: ["p": "feature_spec_version"])],  // Metaxy does not reserve this one
  ])
  func dependencyIsAccepted(dependencies: [FeatureDependency]) {
    #expect(problems(dependencies) == [])
  }

  @Test(arguments: [
    (
      FeatureDependency.feature("u", columns: ["pp"]),
      "3:10: `a` takes the column `pp` of `u`, which has none of that name; did you mean `p`?"
    ),
    (
      .feature("u", rename: ["nothing": "x"]),
      "3:10: `a` renames the column `nothing` of `u`, which has none of that name"
    ),
    (
      .feature("u", columns: ["p"], rename: ["q": "x"]),
      "3:10: `a` renames the column `q` of `u`, but does not take it"
    ),
    (
      .feature("u", rename: ["p": "feature_version"]),
      "3:10: `a` renames the column `p` of `u` to `feature_version`, the name of a system column"
    ),
    (
      .feature("u", rename: ["p": "metaxy_data_version"]),
      "3:10: `a` renames the column `p` of `u` to `metaxy_data_version`, the name of a system column"
    ),
    (
      .feature("u", rename: ["id": "id"]),
      "3:10: `a` renames the column `id` of `u` to `id`, the name of an ID column there"
    ),
    (.feature("u", columns: ["p", "p"]), "3:10: `a` takes two columns of the name `p`"),
  ])
  func dependencyIsRefused(dependency: FeatureDependency, problem: String) {
    #expect(problems([dependency]) == [problem])
  }

  @Test func columnTakenFromTwoFeaturesIsRefused() {
    let dependencies: [FeatureDependency] = [
      .feature("u", columns: ["p"]), .feature("v", columns: ["q"], rename: ["q": "p"]),
    ]
    let diagnostics = FeatureGraph.build(upstream + [feature("a", line: 3, dependencies: dependencies)]).diagnostics
    #expect(
      diagnostics == [
        Diagnostic(
          .error, "`a` takes two columns of the name `p`", at: place(3, 11),
          notes: [Diagnostic.Note("the first is taken here", at: place(3, 10))])
      ])
  }

  @Test func columnsOfAFeatureWithoutTableAreNotKnown() {
    let definitions = [feature("u"), feature("a", dependencies: [.feature("u", columns: ["anything"])])]
    #expect(MetaxyGraphTests.problems(definitions) == [])
  }

  @Test(arguments: [
    FieldSpec.field("x"),
    .field("x", dependencies: []),
    .field("x", dependencies: [.allFields(of: "u")]),
    .field("x", dependencies: [.fields(of: "u", ["frames", "audio/left"])]),
  ])
  func fieldIsAccepted(field: FieldSpec) {
    #expect(problems([field]) == [])
  }

  @Test(arguments: [
    (
      FieldDependency.allFields(of: "v"),
      "3:20: the field `x` depends on fields of `v`, which is no dependency of `a`; did you mean `u`?"
    ),
    (
      .fields(of: "nowhere", ["frames"]),
      "3:20: the field `x` depends on fields of `nowhere`, which is no dependency of `a`"
    ),
    (
      .fields(of: "u", ["frame"]),
      "3:20: the field `x` depends on `frame`, which is no field of `u`; did you mean `frames`?"
    ),
    (.fields(of: "u", ["default"]), "3:20: the field `x` depends on `default`, which is no field of `u`"),
  ])
  func fieldIsRefused(dependency: FieldDependency, problem: String) {
    #expect(problems([FieldSpec.field("x", dependencies: [dependency])]) == [problem])
  }
}
