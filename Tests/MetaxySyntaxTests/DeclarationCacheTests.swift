import Foundation
import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyNames
import MetaxySyntax
import Testing

/// The cache of declarations. That it keeps every part of them is tested with each source of the other tests, see `discover`.
@Suite struct DeclarationCacheTests {
  private static let video = ("Video.swift", feature("var path: String"))
  private static let crop = (
    "Crop.swift",
    """
    @Feature("crop", idColumns: ["id"], dependencies: [.feature(A.self)])
    struct Crop: Feature {
      var id: String
      var height: Int?
    }
    """
  )

  private func read(
    _ contents: [(name: String, text: String)], _ bytes: [UInt8], fingerprint: String = "1"
  ) throws -> DiscoveryResult {
    let sources = try TestSources(contents)
    return try withExtendedLifetime(sources) {
      try Discovery.read(sources.files, .seed, DeclarationCache(bytes, fingerprint: fingerprint))
    }
  }

  private func cached(_ contents: [(name: String, text: String)]) throws -> [UInt8] {
    try #require(try read(contents, []).cacheUpdate).bytes
  }

  @Test func aSecondRunParsesNothing() throws {
    let bytes = try cached([Self.video, Self.crop])
    let second = try read([Self.video, Self.crop], bytes)
    #expect(second.cacheUpdate == nil)
    #expect(second.definitions == (try read([Self.video, Self.crop], [])).definitions)
    #expect(second.definitions.count == 2)
  }

  @Test func aChangedFileIsParsed() throws {
    let bytes = try cached([Self.video, Self.crop])
    let changed = (Self.crop.0, Self.crop.1.replacingOccurrences(of: "height: Int?", with: "width: Int?"))
    let result = try read([Self.video, changed], bytes)
    #expect(result.definitions.first?.columns.map(\.name) == ["id", "width"])
    let update = try #require(result.cacheUpdate)
    // The former content stays, for the way back.
    #expect(try read([Self.video, Self.crop], update.bytes).cacheUpdate == nil)
    #expect(try read([Self.video, changed], update.bytes).cacheUpdate == nil)
  }

  @Test func aDeletedFileIsGone() throws {
    let bytes = try cached([Self.video, Self.crop])
    #expect(try read([Self.video], bytes).definitions.map(\.key) == ["a"])
  }

  @Test func aMovedFileHasItsNewPath() throws {
    let bytes = try cached([Self.video])
    let moved = try read([("Moved.swift", Self.video.1)], bytes)
    #expect(moved.cacheUpdate == nil)
    #expect(moved.definitions.map(\.source.file) == ["Moved.swift"])
    #expect(moved.definitions.flatMap(\.columns).allSatisfy { $0.source.file == "Moved.swift" })
  }

  @Test func aFileWithAProblemIsParsedInEveryRun() throws {
    let broken = ("Broken.swift", feature("var path"))
    let first = try read([Self.video, broken], [])
    let second = try read([Self.video, broken], try #require(first.cacheUpdate).bytes)
    #expect(!first.diagnostics.isEmpty)
    #expect(second.diagnostics == first.diagnostics)
  }

  @Test func whatAnotherProgramKeptIsNotUsed() throws {
    let bytes = try cached([Self.video])
    #expect(try read([Self.video], bytes, fingerprint: "2").cacheUpdate != nil)
  }

  @Test func aDamagedCacheIsNotUsed() throws {
    let bytes = try cached([Self.video, Self.crop])
    let expected = try read([Self.video, Self.crop], []).definitions
    var damaged = (0..<bytes.count).map { place in
      var copy = bytes
      copy[place] ^= 0x10
      return copy
    }
    damaged += (0..<bytes.count).map { Array(bytes[..<$0]) } + [bytes + [0], Array(repeating: 0xFF, count: 100)]
    let sources = try TestSources([Self.video, Self.crop])
    for damaged in damaged {
      let cache = DeclarationCache(damaged, fingerprint: "1")
      #expect(cache.isEmpty)
    }
    let result = try withExtendedLifetime(sources) {
      try Discovery.read(sources.files, .seed, DeclarationCache(damaged[bytes.count / 2], fingerprint: "1"))
    }
    #expect(result.definitions == expected)
  }

  @Test func unusedEntriesDoNotAccumulate() throws {
    var bytes: [UInt8] = []
    var sizes: [Int] = []
    for number in 0..<20 {
      let text = feature("var path\(number + 10): String")
      bytes = try #require(try read([("A.swift", text)], bytes).cacheUpdate).bytes
      sizes.append(bytes.count)
    }
    #expect(sizes[19] <= 2 * sizes[0])
  }
}
