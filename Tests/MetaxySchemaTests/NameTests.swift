import MetaxyNames
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct NameTests {
  @Test func namesSayTheirKindTheirTableAndTheirColumns() {
    #expect(ObjectNames.primaryKey(of: "video").text == "pk_video")
    #expect(ObjectNames.unique(of: "video", columns: ["a", "b"]).text == "uq_video_a_b")
    #expect(ObjectNames.index(of: "video", terms: ["a"]).text == "ix_video_a")
    #expect(ObjectNames.foreignKey(of: "crop", columns: ["a", "b"], to: "video").text == "fk_crop_a_b_video")
    #expect(ObjectNames.check(of: "video", column: "kind").text == "ck_video_kind")
    #expect(!ObjectNames.primaryKey(of: "video").isExplicit)
  }

  // FNV-1a of 32 bits: https://www.rfc-editor.org/rfc/rfc9923.html#name-test-vectors
  @Test(arguments: [("", "811c9dc5"), ("a", "e40c292c"), ("foobar", "bf9cf968")])
  func hashesAreFNV(text: String, hash: String) {
    #expect(ObjectNames.hash(of: text) == hash)
    #expect(ObjectNames.check(of: "t", expression: text).text == "ck_t_\(hash)")
  }

  @Test func namesOf63BytesAreKeptWhole() {
    let column = String(repeating: "c", count: 58)
    #expect(ObjectNames.index(of: "t", terms: [column]).text == "ix_t_" + column)
  }

  @Test func longerNamesAreCutAndTellTheirRestByAHash() {
    let column = String(repeating: "c", count: 59)
    let name = ObjectNames.index(of: "t", terms: [column]).text
    #expect(name.utf8.count == 63)
    #expect(name == "ix_t_" + String(repeating: "c", count: 49) + "_" + ObjectNames.hash(of: "ix_t_" + column))
    #expect(name != ObjectNames.index(of: "t", terms: [column + "c"]).text)
  }

  @Test func lettersOfSeveralBytesAreNotCutInTwo() {
    let name = ObjectNames.index(of: "t", terms: [String(repeating: "\u{1F3AC}", count: 20)]).text
    #expect(name.utf8.count <= 63)
    // 5 bytes and 12 letters of 4; a thirteenth would take the 54th byte and three more.
    #expect(name.hasPrefix("ix_t_" + String(repeating: "\u{1F3AC}", count: 12) + "_"))
  }
}
