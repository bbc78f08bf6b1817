import Foundation
import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import Testing

/// A database with the tables of the test features, written in SQL past the code under test, and read so.
final class TestDatabase: Sendable {
  let engine: Engine
  var url: String { database.url }
  private let database: EmptyDatabase

  init(_ engine: Engine, snapshot: String? = "snapshot-1", withTables: Bool = true) throws {
    self.engine = engine
    database = try EmptyDatabase(on: engine)
    try run(Self.recording)
    if let snapshot { try record(snapshot) }
    if withTables { try run(tables) }
  }

  func store(
    _ registry: FeatureRegistry = .test(), _ algorithm: HashAlgorithm = .md5, requiresRecordedSnapshot: Bool = true
  ) async throws -> MetadataStore {
    try await MetadataStore.open(
      url: url, registry: registry, hashAlgorithm: algorithm, requiresRecordedSnapshot: requiresRecordedSnapshot)
  }

  func run(_ sql: String) throws { try database.rows(sql) }

  /// The rows of a query, values separated by `|`, NULL as nothing.
  func rows(_ sql: String) throws -> [String] { try database.rows(sql) }

  func record(_ snapshot: String, project: String = "pipeline", at time: String = "2026-11-22 10:00:00") throws {
    try run(
      """
      INSERT INTO "metaxy-system__feature_versions" VALUES
        ('\(project)', 'video', 'v', 's', 't', '\(time)', '{}', 'Video', '\(snapshot)')
      """)
  }

  private static let recording = """
    CREATE TABLE "metaxy-system__feature_versions" (
      project VARCHAR NOT NULL, feature_key VARCHAR NOT NULL, feature_version VARCHAR NOT NULL,
      feature_spec_version VARCHAR NOT NULL, feature_tracking_version VARCHAR NOT NULL, recorded_at TIMESTAMP NOT NULL,
      feature_spec VARCHAR NOT NULL, feature_class_path VARCHAR NOT NULL, snapshot_version VARCHAR NOT NULL)
    """

  private static let system = """
    data_version JSON, feature_version VARCHAR, feature_spec_version VARCHAR, snapshot_version VARCHAR
    """

  private var tables: String {
    """
    CREATE TABLE video (
      \(Self.system), sample_id VARCHAR NOT NULL, path VARCHAR NOT NULL, duration_seconds \(double) NOT NULL,
      frames_per_second \(double), CHECK (duration_seconds >= 0));
    CREATE INDEX video_ids ON video (sample_id, feature_version);
    CREATE TABLE video__crop (\(Self.system), sample_id VARCHAR NOT NULL, width INTEGER NOT NULL);
    CREATE INDEX crop_ids ON video__crop (sample_id, feature_version);
    CREATE TABLE clip (
      \(Self.system), sample_id VARCHAR NOT NULL, ingested_at \(timestamp), path VARCHAR NOT NULL);
    CREATE TABLE clip__text (
      \(Self.system), sample_id VARCHAR NOT NULL, written_at BIGINT NOT NULL, "text" VARCHAR NOT NULL);
    CREATE TABLE faces (\(Self.system), sample_id VARCHAR NOT NULL, face BIGINT NOT NULL, score REAL NOT NULL);
    CREATE TABLE everything (
      \(Self.system), id \(uuid) NOT NULL, "text" VARCHAR NOT NULL, short VARCHAR(5) NOT NULL, big BIGINT NOT NULL,
      medium INTEGER NOT NULL, small SMALLINT NOT NULL, "double" \(double) NOT NULL, "real" REAL NOT NULL,
      truth BOOLEAN NOT NULL, date \(timestamp) NOT NULL, amount NUMERIC(12, 3) NOT NULL, bytes \(blob) NOT NULL,
      data \(blob) NOT NULL, link VARCHAR NOT NULL, length \(interval) NOT NULL, container VARCHAR(4) NOT NULL,
      label VARCHAR NOT NULL, words JSON NOT NULL, tags \(jsonb) NOT NULL, vector VARCHAR NOT NULL, day DATE NOT NULL,
      note JSON, maybe BIGINT, twice BIGINT NOT NULL GENERATED ALWAYS AS (big * 2) STORED);
    """
  }

  private var double: String { engine == .sqlite ? "FLOAT" : "DOUBLE PRECISION" }
  private var uuid: String { engine == .sqlite ? "CHAR(32)" : "UUID" }
  private var timestamp: String { engine == .sqlite ? "DATETIME" : "TIMESTAMP WITH TIME ZONE" }
  private var interval: String { engine == .sqlite ? "DATETIME" : "INTERVAL" }
  private var blob: String { engine == .sqlite ? "BLOB" : "BYTEA" }
  private var jsonb: String { engine == .sqlite ? "JSON" : "JSONB" }
}

/// Returns the error of `body`, which must be one of metaxy's.
func failure(
  _ body: () async throws -> some Any, sourceLocation: Testing.SourceLocation = #_sourceLocation
) async -> MetaxyError? {
  do {
    _ = try await body()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  } catch let error as MetaxyError {
    return error
  } catch {
    Issue.record("\(error)", sourceLocation: sourceLocation)
  }
  return nil
}

extension Video {
  static func sample(_ number: Int, duration: Double = 10) -> Video {
    Video(sampleId: "s\(number)", path: "/v/\(number).mp4", durationSeconds: duration)
  }

  var given: [FieldKey: String] { ["frames": "f-\(sampleId)", "audio": "a-\(sampleId)"] }
}
