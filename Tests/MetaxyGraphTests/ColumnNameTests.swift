import MetaxyGraph
import MetaxyTestSupport
import Testing

@Suite(.timed) struct ColumnNameTests {
  @Test(arguments: [
    ("sampleId", "sample_id"),
    ("sampleID", "sample_id"),
    ("sampleIDs", "sample_ids"),
    ("imageURLsNow", "image_urls_now"),
    ("URLs2", "urls2"),
    ("HTTPServer", "http_server"),
    ("HTTPSetting", "http_setting"),
    ("HTTPPort", "http_port"),
    ("parseURLNow", "parse_url_now"),
    ("url", "url"),
    ("URL", "url"),
    ("x", "x"),
    ("X", "x"),
    ("x2", "x2"),
    ("x2Position", "x2_position"),
    ("X2Position", "x2_position"),
    ("sha256Hex", "sha256_hex"),
    ("already_snake", "already_snake"),
    ("mixed_Case", "mixed_case"),
    ("_private", "_private"),
    ("_Private", "_private"),
    ("aB", "a_b"),
    ("ABc", "a_bc"),
    ("größeÄndern", "größe_ändern"),
    ("日本", "日本"),
  ])
  func propertyBecomesColumn(property: String, column: String) {
    #expect(ColumnName.from(property: property) == column)
  }
}
