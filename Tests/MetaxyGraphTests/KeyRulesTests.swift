import MetaxyFeatures
import MetaxyGraph
import MetaxyTestSupport
import Testing

@Suite(.timed) struct KeyRulesTests {
  @Test(arguments: ["a", "a/b/c", "_", "a_/b", "a/_b", "a b", "é/日本", "a.b"])
  func keyIsUsable(text: String) {
    #expect(FeatureKey(text).problem == nil)
    #expect(FieldKey(text).problem == nil)
  }

  @Test(arguments: [
    (FeatureKey([String]()), "has no parts"),
    (FeatureKey(""), "has an empty part"),
    (FeatureKey("a/"), "has an empty part"),
    (FeatureKey("/a"), "has an empty part"),
    (FeatureKey("a//b"), "has an empty part"),
    (FeatureKey(["a/b", "c"]), "has `/` inside the part `a/b`"),
    (FeatureKey("a__b"), "has `__` in the part `a__b`"),
    (FeatureKey("a/b___c"), "has `__` in the part `b___c`"),
  ])
  func keyIsRefused(key: FeatureKey, problem: String) {
    #expect(key.problem == problem)
  }
}
