import MetaxyTestSupport
import Testing

/// What a Metaxy process writes into the system tables: positional inserts, which hold only while the columns are its own, in
/// its order, and while no key forbids a row.
@Suite(.timed) struct MetaxyWritesTests {
  private static let recordings = [
    // A new snapshot: a row for each feature.
    "('shop', 'video', 'v1', 's1', 't1', '2026-11-22 10:07:31.123456', '{\"key\": [\"video\"]}', 'shop.Video', 'one')",
    "('shop', 'video/crop', 'v1', 's1', 't2', '2026-11-22 10:07:31.123456', '{}', 'shop.Crop', 'one')",
    // Metadata changed: the feature again, under the same snapshot, as often as it changes.
    "('shop', 'video', 'v1', 's2', 't3', '2026-11-22 10:08:00.000001', '{}', 'shop.Video', 'one')",
    "('shop', 'video', 'v1', 's1', 't1', '2026-11-22 10:09:00.000001', '{}', 'shop.Video', 'one')",
    // Two processes at once, as Metaxy does not exclude them: the same row in every column.
    "('shop', 'video', 'v1', 's1', 't1', '2026-11-22 10:09:00.000001', '{}', 'shop.Video', 'one')",
    // Another project with the same feature.
    "('other', 'video', 'v1', 's1', 't9', '2026-11-22 10:09:00.000001', '{}', 'other.Video', 'one')",
  ]

  private static let events = [
    "('shop', 'm1', 'started', '2026-11-22 10:07:31.123456', '', 0, '')",
    "('shop', 'm1', 'feature_started', '2026-11-22 10:07:31.123456', 'video', 0, '')",
    "('shop', 'm1', 'feature_completed', '2026-11-22 10:07:32.000000', 'video', 9223372036854775807, '')",
    // A feature that failed and was tried again.
    "('shop', 'm1', 'failed', '2026-11-22 10:07:33.000000', 'video', 0, 'it''s full')",
    "('shop', 'm1', 'feature_started', '2026-11-22 10:07:31.123456', 'video', 0, '')",
    "('shop', 'm1', 'completed', '2026-11-22 10:07:34.000000', '', 0, '')",
  ]

  @Test(arguments: Engine.allCases)
  func everyRowIsTaken(_ engine: Engine) throws {
    let store = try SystemStore(engine)
    for row in Self.recordings { _ = try store.rows("INSERT INTO \"metaxy-system__feature_versions\" VALUES \(row)") }
    for row in Self.events { _ = try store.rows("INSERT INTO \"metaxy-system__migration_events\" VALUES \(row)") }
    #expect(
      try store.rows(
        "SELECT feature_tracking_version, snapshot_version, feature_class_path FROM \"metaxy-system__feature_versions\" WHERE feature_key = 'video/crop'"
      )
        == ["t2|one|shop.Crop"])
    #expect(try store.rows("SELECT count(*) FROM \"metaxy-system__feature_versions\"") == ["6"])
    #expect(try store.rows("SELECT count(*) FROM \"metaxy-system__migration_events\"") == ["6"])
    #expect(
      try store.rows(
        "SELECT migration_id, error_message FROM \"metaxy-system__migration_events\" WHERE event_type = 'failed'")
        == ["m1|it's full"])
  }

  @Test(arguments: Engine.allCases)
  func theColumnsAreMetaxysInItsOrder(_ engine: Engine) throws {
    let store = try SystemStore(engine)
    func columns(of table: String) throws -> [String] {
      try store.rows(
        engine == .sqlite
          ? "SELECT name || ' ' || type FROM pragma_table_info('\(table)') ORDER BY cid"
          : "SELECT column_name || ' ' || data_type FROM information_schema.columns WHERE table_name = '\(table)' ORDER BY ordinal_position"
      )
    }
    let (text, time, number) =
      engine == .sqlite
      ? ("VARCHAR", "DATETIME", "BIGINT") : ("character varying", "timestamp with time zone", "bigint")
    #expect(
      try columns(of: "metaxy-system__feature_versions") == [
        "project \(text)", "feature_key \(text)", "feature_version \(text)", "feature_spec_version \(text)",
        "feature_tracking_version \(text)", "recorded_at \(time)", "feature_spec \(text)", "feature_class_path \(text)",
        "snapshot_version \(text)",
      ])
    #expect(
      try columns(of: "metaxy-system__migration_events") == [
        "project \(text)", "migration_id \(text)", "event_type \(text)", "timestamp \(time)", "feature_key \(text)",
        "rows_affected \(number)", "error_message \(text)",
      ])
  }
}
