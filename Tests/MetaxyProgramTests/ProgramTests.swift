import Metaxy
import MetaxyErrors
import MetaxyStore
import MetaxyTestSupport
import ProgramFeaturesAfter
import ProgramFeaturesBefore
import Testing

/// A program over two versions of its features, with the command between them: migrated tables, generated registries.
@Suite(.timed) struct ProgramTests {
  @Test(arguments: Engine.allCases)
  func rowsOfTwoVersionsLiveSideBySide(_ engine: Engine) async throws {
    let project = try ProgramProject(on: engine)
    try project.takeFeatures(of: "Before")
    try project.run(
      "-q init", "-q -c .metaxy/alembic-system revision --autogenerate", "-q -c .metaxy/alembic-system upgrade",
      "-q revision --autogenerate", "-q upgrade", "-q graph push")
    // The committed registry is that of the features, too.
    #expect(try project.run("check") == "in sync: the database is what the definitions ask for\n")
    let before = try await BeforeProgram(in: project.path)
    let versions = try await writeAndRead(before)

    try project.takeFeatures(of: "After")
    try project.run("-q revision --autogenerate", "-q upgrade")
    #expect(try project.run("check") == "in sync: the database is what the definitions ask for\n")
    let after = try await AfterProgram(in: project.path)
    // Before the new graph is recorded the new program is refused, afterwards the old one.
    #expect(await code { _ = try await after.writeClips(upTo: 1) } == "snapshot_differs")
    try project.run("-q graph push")
    #expect(await code { _ = try await before.writeClips([]) } == "snapshot_differs")
    try await writeAgainAndRead(after, before: versions)
    await before.store.close()
    await after.store.close()
  }

  /// Writes the rows of the first version, and returns the versions that they have.
  private func writeAndRead(_ program: BeforeProgram) async throws -> (clip: String, emotion: String, hash: String) {
    #expect(try await program.writeClips(BeforeProgram.clips) == 10_000)
    try await program.writeDerived(Array(BeforeProgram.clips.prefix(1_000)))

    // Of every sixty the last two; 1,000 begins its seventeenth sixty at 960, which has neither.
    let long = try await program.longClips()
    #expect(long.map(\.clipId) == (0..<1_000).reversed().filter { $0 % 60 > 57 })
    #expect(long.first?.value == BeforeProgram.clips[959])
    #expect(long.first?.dataVersion == ["frames": "000000000000000000000000000003bf"])
    let emotions = try await program.emotions()
    #expect(emotions.map(\.clipId) == Array(0..<1_000))
    return (
      try #require(long.first?.featureVersion), try #require(emotions.first?.featureVersion),
      try #require(emotions.first?.dataVersion["default"])
    )
  }

  private func writeAgainAndRead(
    _ program: AfterProgram, before: (clip: String, emotion: String, hash: String)
  ) async throws {
    #expect(try await program.writeClips(upTo: 2_000) == 2_000)
    #expect(try await program.writeEmotions(upTo: 1_000) == 1_000)
    let counts = try await program.clips(of: before.clip)
    #expect(counts == (current: 2_000, other: 10_000, all: 12_000))
    let version = try #require(AfterProgram.clipVersion)
    #expect(try await program.versions(ofClip: 7) == [before.clip: nil, version: "av1"])
    // A face is computed from the frames alone: sound changes nothing of it, and its rows are as good as before.
    #expect(try await program.faces() == 1_000)
    let emotions = try await program.emotions()
    #expect(emotions.map(\.label.rawValue) == Array(repeating: "surprise", count: 1_000))
    #expect(Set(emotions.map(\.featureVersion)) == [AfterProgram.version(of: "clip/emotion")])
    #expect(emotions.first?.featureVersion != before.emotion)
    #expect(emotions.first?.dataVersion["default"] != before.hash)
  }

  private func code(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? MetaxyError)?.code.rawValue ?? "\(error)"
    }
  }
}
