import Dispatch
import Foundation
import MetaxyDatabase
import MetaxyErrors
import MetaxyFeatures
import MetaxyRuntime
import MetaxyTestSupport
import Synchronization
import Testing

/// The graphs in Metaxy's system table, on both engines.
@Suite(.timed) struct PushedGraphsTests {
  private func feature(
    _ key: FeatureKey, spec: String = "s", project: String = "shop", snapshot: String = "one",
    classPath: String = "Shop.Video"
  ) -> PushedFeature {
    PushedFeature(
      project: project, key: key, featureVersion: "v\(key)", specVersion: spec, trackingVersion: "t\(spec)",
      spec: #"{"key": ["é"], "n": 1e400}"#, classPath: classPath, snapshotVersion: snapshot)
  }

  @Test(arguments: Engine.allCases)
  func aNewSnapshotIsWrittenOnceAndFoundAsTheLatest(_ engine: Engine) throws {
    let store = try SystemStore(engine)
    let graphs = try store.graphs()
    #expect(try graphs.latestSnapshot(of: "shop") == nil)
    #expect(try graphs.record([feature("video"), feature("video/crop")]) == .newSnapshot)
    #expect(try graphs.record([feature("video"), feature("video/crop")]) == .nothing)
    #expect(try graphs.latestSnapshot(of: "shop") == "one")
    #expect(try graphs.latestSnapshot(of: "other") == nil)
    #expect(
      try store.rows(#"SELECT * FROM "metaxy-system__feature_versions" ORDER BY feature_key"#).map {
        $0.split(separator: "|", omittingEmptySubsequences: false).enumerated().filter { $0.offset != 5 }.map(\.element)
          .joined(separator: "|")
      } == [
        #"shop|video|vvideo|s|ts|{"key": ["é"], "n": 1e400}|Shop.Video|one"#,
        #"shop|video/crop|vvideo/crop|s|ts|{"key": ["é"], "n": 1e400}|Shop.Video|one"#,
      ])
  }

  @Test(arguments: Engine.allCases)
  func aSnapshotThatAnotherHasFollowedIsTheLastOneAgainWhereThatIsAskedFor(_ engine: Engine) throws {
    let store = try SystemStore(engine)
    let graphs = try store.graphs()
    _ = try graphs.record([feature("video"), feature("video/crop")])
    _ = try graphs.record([feature("video", snapshot: "two")])
    #expect(try graphs.record([feature("video"), feature("video/crop")]) == .nothing)
    #expect(try graphs.latestSnapshot(of: "shop") == "two")
    #expect(try graphs.record([feature("video"), feature("video/crop")], again: true) == .again)
    #expect(try graphs.latestSnapshot(of: "shop") == "one")
    #expect(try graphs.record([feature("video"), feature("video/crop")], again: true) == .nothing)
    #expect(try store.rows(#"SELECT count(*) FROM "metaxy-system__feature_versions""#) == ["5"])
  }

  /// Metaxy splits the path of every feature of a snapshot at the last dot, and finds no change behind one that has none.
  @Test(arguments: Engine.allCases)
  func aClassPathWithoutModuleIsReplacedOnce(_ engine: Engine) throws {
    let store = try SystemStore(engine)
    let graphs = try store.graphs()
    #expect(try graphs.record([feature("a", classPath: "A"), feature("b", classPath: "shop.B")]) == .newSnapshot)
    #expect(try graphs.features(ofSnapshot: "one").map(\.classPath) == ["A", "shop.B"])
    // `b` is Python's as well, whose push does not compare the paths either.
    let features = [feature("a", classPath: "Shop.A"), feature("b", classPath: "Shop.B")]
    #expect(try graphs.record(features) == .changedMetadata(["a"]))
    #expect(try graphs.features(ofSnapshot: "one").map(\.classPath) == ["Shop.A", "shop.B"])
    #expect(try graphs.record(features) == .nothing)
    #expect(try graphs.record([feature("a", classPath: "A"), feature("b", classPath: ".B")]) == .nothing)
    #expect(try store.rows(#"SELECT count(*) FROM "metaxy-system__feature_versions""#) == ["3"])
  }

  /// SQLite keeps the text that a program wrote, and texts of the same day sort by what separates date and time.
  @Test(arguments: ["2026-11-22T12:26:00", "2026-11-22T12:26:00.000000+00:00", "2026-11-22 14:26:00+02:00"])
  func timesThatPythonWroteAreTimes(time: String) throws {
    let store = try SystemStore(.sqlite)
    let graphs = try store.graphs()
    #expect(try graphs.record([feature("video")]) == .newSnapshot)
    #expect(try graphs.record([feature("video", spec: "other")]) == .changedMetadata(["video"]))
    #expect(try graphs.record([feature("video", snapshot: "two")]) == .newSnapshot)
    let table = #""metaxy-system__feature_versions""#
    // The other program came first, three minutes before.
    _ = try store.rows("UPDATE \(table) SET recorded_at = '2026-11-22 12:29:00.5' WHERE snapshot_version = 'two'")
    _ = try store.rows(
      "UPDATE \(table) SET recorded_at = '\(time)' WHERE feature_spec_version = 's' AND snapshot_version = 'one'")
    _ = try store.rows("UPDATE \(table) SET recorded_at = '2026-11-22 12:27:00' WHERE feature_spec_version = 'other'")
    #expect(try graphs.latestSnapshot(of: "shop") == "two")
    #expect(try graphs.features(ofSnapshot: "one").map(\.specVersion) == ["other"])
    #expect(try graphs.record([feature("video", spec: "other")]) == .nothing)
  }

  @Test(arguments: Engine.allCases)
  func timesAreKeptInUTCWithMicroseconds(_ engine: Engine) throws {
    let store = try SystemStore(engine)
    let graphs = try store.graphs()
    let before = Date().addingTimeInterval(-1)
    _ = try graphs.record([feature("video")])
    let stored = try #require(
      try store.rows(
        engine == .sqlite
          ? #"SELECT recorded_at FROM "metaxy-system__feature_versions""#
          : #"SELECT to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') FROM "metaxy-system__feature_versions""#
      ).first)
    let pattern = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\.\d{6}/
    let match = try #require(try pattern.wholeMatch(in: stored), "\(stored)")
    let time = try Date("\(match.1)T\(match.2)Z", strategy: .iso8601)
    #expect(time >= before.addingTimeInterval(-1) && time <= Date())
    #expect(try graphs.features(ofSnapshot: "one").map(\.recordedAt) == [stored])
  }

  @Test(arguments: Engine.allCases)
  func aChangeOfMetadataIsAppendedUnderTheSameSnapshot(_ engine: Engine) throws {
    let store = try SystemStore(engine)
    let graphs = try store.graphs()
    _ = try graphs.record([feature("a"), feature("b"), feature("c")])
    #expect(
      try graphs.record([feature("a"), feature("b", spec: "s2"), feature("c", spec: "s2")])
        == .changedMetadata(["b", "c"]))
    #expect(try graphs.features(ofSnapshot: "one").map(\.specVersion) == ["s", "s2", "s2"])
    // Back to what it was: what counts is the row that was written last.
    #expect(
      try graphs.record([feature("a"), feature("b"), feature("c", spec: "s2")]) == .changedMetadata(["b"]))
    #expect(try graphs.record([feature("a"), feature("b"), feature("c", spec: "s2")]) == .nothing)
    #expect(
      try store.rows(
        #"SELECT feature_key, count(*) FROM "metaxy-system__feature_versions" GROUP BY feature_key ORDER BY 1"#)
        == ["a|1", "b|3", "c|2"])
  }

  @Test(arguments: Engine.allCases)
  func projectsWithTheSameFeaturesEachHaveTheirSnapshot(_ engine: Engine) throws {
    let store = try SystemStore(engine)
    let graphs = try store.graphs()
    #expect(try graphs.record([feature("a")]) == .newSnapshot)
    #expect(try graphs.record([feature("a", project: "Shop")]) == .newSnapshot)
    #expect(try graphs.record([feature("a")]) == .nothing)
    #expect(try graphs.latestSnapshot(of: "Shop") == "one")
    #expect(try store.rows(#"SELECT count(*) FROM "metaxy-system__feature_versions""#) == ["2"])
  }

  @Test(arguments: Engine.allCases)
  func theLatestSnapshotIsTheOneWithTheLatestRow(_ engine: Engine) throws {
    let store = try SystemStore(engine)
    let graphs = try store.graphs()
    _ = try graphs.record([feature("a", snapshot: "one")])
    _ = try graphs.record([feature("a", snapshot: "two")])
    #expect(try graphs.snapshots(of: "shop").map(\.version) == ["two", "one"])
    _ = try graphs.record([feature("a", spec: "s2", snapshot: "one")])
    #expect(try graphs.snapshots(of: "shop").map(\.version) == ["one", "two"])
    #expect(try store.rows(#"SELECT count(*) FROM "metaxy-system__feature_versions""#) == ["3"])
  }

  @Test(arguments: Engine.allCases)
  func ofTenThatRecordAtOnceOneWrites(_ engine: Engine) throws {
    let store = try SystemStore(engine)
    // More rows than one statement takes.
    let features = (0..<250).map { feature(FeatureKey("f/\($0)")) }
    let outcomes = Mutex<[GraphRecording]>([])
    let failures = Mutex<[String]>([])
    let (ready, done, start) = (DispatchGroup(), DispatchGroup(), DispatchSemaphore(value: 0))
    for _ in 0..<10 {
      ready.enter()
      done.enter()
      Thread.detachNewThread {
        let graphs = Result { try store.graphs() }
        ready.leave()
        start.wait()
        do {
          let outcome = try graphs.get().record(features)
          outcomes.withLock { $0.append(outcome) }
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
        done.leave()
      }
    }
    ready.wait()
    for _ in 0..<10 { start.signal() }
    done.wait()
    #expect(failures.withLock(\.self) == [])
    #expect(outcomes.withLock { $0.filter { $0 == .newSnapshot }.count } == 1)
    #expect(outcomes.withLock { $0.filter { $0 == .nothing }.count } == 9)
    #expect(try store.rows(#"SELECT count(*) FROM "metaxy-system__feature_versions""#) == ["250"])
  }
}
