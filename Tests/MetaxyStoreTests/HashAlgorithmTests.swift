import MetaxyStore
import MetaxyTestSupport
import Testing

/// Texts of the recipe with the hashes that Metaxy's own library gives them.
@Suite(.timed) struct HashAlgorithmTests {
  @Test(arguments: [
    (
      "default|1", "fd4fdda83fadcd633e711fb006a5349c",
      "d1d898d1ddbdc3ac15e1b6309a35467b81b6f1ed50dd770179c3b6aabac6d2bb", "12898032763548265682", "3752053503"
    ),
    (
      "frames|2|video/frames|abc123", "6e817e14bf4d03a2b931a2d354a5f2fd",
      "48868a36b9e81025bd16486170b15d344bceaf76b264df6715824ddc00c0162a", "275892543675242933", "4152827448"
    ),
    (
      "faces|v1|video/audio|9f|video/frames|e3b0c442", "92fa370d28a718f3aabe6b6ca7210347",
      "eaf1fdd49b54b58e532a55762ac570876030880402aa5c98ac4cbd122e0d2b26", "8679879416080172800", "4005535661"
    ),
    (
      "\u{fc}n\u{ef}|1|a/b/c|\u{e9}", "a35fd091b9688fa9947beb71b01f046c",
      "309074406989c1e67c88efb40a1d049e8eadd456a9375c939374d8efcd5c29b0", "17660469881774535001", "468131046"
    ),
  ])
  func hashesAreThoseOfMetaxy(text: String, md5: String, sha256: String, xxhash64: String, xxhash32: String) {
    #expect(HashAlgorithm.md5.hash(text) == md5)
    #expect(HashAlgorithm.sha256.hash(text) == sha256)
    #expect(HashAlgorithm.xxhash64.hash(text) == xxhash64)
    #expect(HashAlgorithm.xxhash32.hash(text) == xxhash32)
  }
}
