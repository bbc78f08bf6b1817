import Foundation
import MetaxyTestSupport
import Testing

/// Each side writes every system row, and the other reads it, on both engines.
struct SystemRowsTests {
  private static let spec =
    #"{"key": ["forms", "stored"], "deps": null, "fields": [{"key": ["frames"], "code_version": "1","#
    + #" "deps": "__METAXY_ALL_DEP__"}], "metadata": {}, "id_columns": ["form_id"]}"#

  @Test(arguments: Engine.allCases)
  func rowsOfSwiftAreReadByMetaxy(engine: Engine) throws {
    let project = try FormsProject(on: engine)
    let read = try project.seedStore("read")
    let features = try #require(read["features"] as? [[String: String]])
    let list = try JSONSerialization.jsonObject(with: Data(project.metaxy("list features --format json").output.utf8))
    let ours = try #require(list as? NSDictionary)
    let feature = try #require((ours["features"] as? [NSDictionary])?.first)
    let row = try #require(features.first)
    #expect(features.count == 1)
    for (column, member) in [
      "feature_key": "key", "feature_version": "feature_version", "feature_spec_version": "feature_spec_version",
      "feature_tracking_version": "feature_tracking_version", "feature_class_path": "class_path", "project": "project",
    ] {
      #expect(row[column] == feature[member] as? String, "\(column)")
    }
    #expect(row["feature_class_path"] == "forms.StoredForms")
    #expect(row["snapshot_version"] == ours["snapshot_version"] as? String)
    let time = engine == .sqlite ? "recorded_at" : "to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    #expect(try [row["recorded_at"]] == project.rows("SELECT \(time) FROM \(Self.versions)"))
    #expect(try [row["feature_spec"]] == project.rows("SELECT feature_spec FROM \(Self.versions)"))
    #expect(read["snapshots"] as? [String: Bool] == [try #require(row["snapshot_version"]): true])
    // What earlier releases wrote hides the snapshot from Metaxy; the next push mends it, once.
    _ = try project.rows("UPDATE \(Self.versions) SET feature_class_path = 'StoredForms'")
    #expect(try (project.seedStore("read")["snapshots"] as? [String: Bool])?.values.first == false)
    #expect(try project.metaxy("graph push").errors.contains("stored/forms"))
    #expect(try project.metaxy("graph push").errors.contains("no changes"))
    #expect(try project.rows("SELECT count(*) FROM \(Self.versions)") == ["2"])
  }

  @Test(arguments: Engine.allCases)
  func rowsOfMetaxyAreReadBySwift(engine: Engine) throws {
    let project = try FormsProject(on: engine)
    let written = try project.seedStore("write", "forms", Self.spec)
    let time = try #require(written["recorded_at"] as? String)
    // Metaxy's snapshot is the latest one, though the forms of the times differ on SQLite.
    let push = try project.metaxy("graph push")
    #expect(push.errors.contains("no changes"))
    #expect(push.errors.contains("`python` was recorded after it"))
    #expect(try project.diff(from: "python").contains("(recorded \(time) UTC)"))
    #expect(try project.metaxy("graph push --again").errors.contains("again"))
    #expect(try !project.metaxy("graph push").errors.contains("was recorded after it"))
    #expect(
      try project.rows(
        "SELECT feature_class_path, feature_tracking_version FROM \(Self.versions) WHERE snapshot_version = 'python'")
        == ["forms.features.StoredForms|"])
    let events = try project.rows(
      "SELECT event_type, feature_key, rows_affected, length(error_message) FROM \(Self.events) ORDER BY timestamp")
    #expect(
      events == [
        "started||0|0", "feature_started|forms/stored|0|0", "feature_completed|forms/stored|9223372036854775807|0",
        "feature_completed|forms/stored|2147483648|100022", "failed||0|4", "completed||0|0",
      ])
    #expect(
      try project.rows("SELECT substr(error_message, 1, 11) FROM \(Self.events) WHERE rows_affected = 2147483648")
        == ["it's \"full\""])
    // And both again by Metaxy, beside ours.
    let read = try project.seedStore("read")
    #expect((read["features"] as? [NSDictionary])?.count == 3)
    let errors = (read["events"] as? [NSDictionary])?.compactMap { $0["error_message"] as? String }
    #expect(errors?.filter { $0.hasPrefix("it's \"full\"\n\té \u{1F4BE} \\ %s xx") }.map(\.count) == [100_022])
    #expect(errors?.count == 6)
    #expect(
      (read["features"] as? [NSDictionary])?.filter { $0["snapshot_version"] as? String == "python" }
        .map { $0["recorded_at"] as? String } == [time])
    #expect(try project.metaxy("check --all-environments").output.hasPrefix("in sync"))
  }

  private static let versions = "\"metaxy-system__feature_versions\""
  private static let events = "\"metaxy-system__migration_events\""
}
