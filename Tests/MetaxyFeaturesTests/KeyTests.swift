import MetaxyFeatures
import Testing

@Suite struct KeyTests {
  @Test func textIsSplitAtSlashes() {
    #expect(FeatureKey("video/crop").parts == ["video", "crop"])
    #expect(FeatureKey("video").parts == ["video"])
    #expect(FeatureKey("a//b/").parts == ["a", "", "b", ""])
    #expect(FeatureKey("").parts == [""])
    #expect(FieldKey("audio/left").parts == ["audio", "left"])
  }

  @Test func textAndPartsAreTwoSpellings() {
    let text: FeatureKey = "video/crop"
    let parts: FeatureKey = ["video", "crop"]
    #expect(text == parts)
    #expect(text.hashValue == parts.hashValue)
    #expect(text.description == "video/crop")
  }

  @Test func partsThatHoldASlashAreOtherParts() {
    let one: FeatureKey = ["video/crop"]
    #expect(one != "video/crop")
    #expect(one.description == "video/crop")
  }

  @Test func keysCompareByCodePoints() {
    let composed: FeatureKey = "caf\u{E9}"
    let decomposed: FeatureKey = "cafe\u{301}"
    #expect(composed.parts == decomposed.parts, "Swift's strings are equal")
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect(FieldKey("caf\u{E9}") != FieldKey("cafe\u{301}"))
  }

  @Test func keysOrderAsListsOfParts() {
    // As strings, `a-b` comes before `a/b`, because `-` comes before `/`.
    let keys: [FeatureKey] = ["b", "a-b", "a/b", "a", "a/b/c", "Z", "\u{1F600}", "\u{FFFD}"]
    #expect(keys.sorted().map(\.description) == ["Z", "a", "a/b", "a/b/c", "a-b", "b", "\u{FFFD}", "\u{1F600}"])
  }

  @Test func partsDoNotRunTogether() {
    #expect(FeatureKey(["ab", "c"]) != FeatureKey(["a", "bc"]))
    #expect(Set([FeatureKey(["ab", "c"]), FeatureKey(["a", "bc"]), FeatureKey(["abc"])]).count == 3)
  }

  @Test func tableNamesJoinPartsByTwoUnderscores() {
    #expect(FeatureKey("video/crop").tableName == "video__crop")
    #expect(FeatureKey("video").tableName == "video")
  }
}
