import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyRevisions
import MetaxySQL
import Testing

@Suite struct RevisionNameTests {
  @Test(arguments: [
    ("add video feature table", "add_video_feature_table"),
    ("Add: `video/crop` (v2)!", "add_video_crop_v2"),
    ("", ""),
    ("Größe ändern", "größe_ändern"),
    ("a b c d e f g h i j k l m n o p q r s t u v w", "a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p_q_r_s_t_"),
    ("this message has sixty characters or so in its one long line", "this_message_has_sixty_characters_or_so_"),
    (String(repeating: "x", count: 60), String(repeating: "x", count: 40)),
  ])
  func slugIsWordsCutAtAWord(message: String, slug: String) {
    #expect(RevisionName.slug(of: message) == slug)
  }

  @Test func fileNameIsTimeRevisionAndSlug() throws {
    let time = try #require(RevisionTime("2026-11-22T10:07:31Z"))
    #expect(
      RevisionName.fileName(revision: "4f1c2a9b7d3e", created: time, message: "Add video")
        == "20261122100731_4f1c2a9b7d3e_add_video.sql")
    #expect(RevisionName.fileName(revision: "aa", created: time, message: "?") == "20261122100731_aa.sql")
  }

  @Test func timeIsASecondInUTC() {
    #expect(RevisionTime(secondsSince1970: 0)?.description == "1970-01-01T00:00:00Z")
    #expect(RevisionTime(secondsSince1970: 1_795_342_051)?.description == "2026-11-22T10:07:31Z")
    #expect(RevisionTime("1970-01-01T00:00:00Z")?.secondsSince1970 == 0)
    #expect(RevisionTime("2026-02-30T00:00:00Z") == nil)
    #expect(RevisionTime("2026-11-22") == nil)
    #expect(RevisionTime("2026-11-22T10:07:31+01:00") == nil)
  }

  @Test func randomNamesAreTwelveHexadecimalDigits() {
    let name = RevisionName.random()
    #expect(name.count == 12 && name.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    #expect(name != RevisionName.random())
  }

  @Test(arguments: ["4f1c2a9b7d3e", "a", "0001_first", String(repeating: "x", count: 32)])
  func theseMayNameARevision(name: String) throws {
    try RevisionName.check(name)
  }

  @Test(arguments: [
    "", "a-b", "a+b", "a@b", "a:b", "a b", "é", "head", "Base", "current", String(repeating: "x", count: 33),
  ])
  func theseMayNot(name: String) {
    #expect { try RevisionName.check(name) } throws: { ($0 as? MetaxyError)?.code == .invalidRevisionName }
  }
}
