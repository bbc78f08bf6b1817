import MetaxyErrors
import MetaxyFiles
import MetaxyProject
import MetaxyTestSupport
import Testing

/// The module of a Swift file is that of its target, which its path tells.
struct SwiftModulesTests {
  @Test func modulesAreThoseOfTheTargets() throws {
    let directory = try TemporaryDirectory()
    for package in ["Package.swift", "Tools/inner/Package.swift"] { try directory.write("", to: package) }
    try directory.write("project = 'video-shop'", to: "metaxy.toml")
    let modules = SwiftModules(of: try Project.load(from: directory.path, environment: [:]))
    let expected = [
      "Sources/Features/Video.swift": "Features", "Sources/Features/deep/er/Video.swift": "Features",
      "Sources/video-features/Video.swift": "video_features", "Sources/2d/Video.swift": "_2d",
      "src/Features/Video.swift": "Features", "Tests/FeatureTests/Video.swift": "FeatureTests",
      "Tools/inner/Sources/Inner/Sources/Other/Video.swift": "Inner",
      // Of a package's only target, and of a target with a `path:`.
      "Sources/Video.swift": "video_shop", "Features/Video.swift": "video_shop", "Video.swift": "video_shop",
      "Tools/inner/Video.swift": "video_shop",
    ]
    for (path, module) in expected {
      #expect(modules.name(ofFile: Paths.resolve(path, in: directory.path)) == module, "\(path)")
    }
  }

  @Test func targetsOfAProjectWithoutAPackageAreThoseBelowItsRoot() throws {
    let directory = try TemporaryDirectory()
    try directory.write("", to: "metaxy.toml")
    let modules = SwiftModules(of: try Project.load(from: directory.path, environment: [:]))
    #expect(modules.name(ofFile: "\(directory.path)/Sources/Features/Video.swift") == "Features")
    #expect(modules.name(ofFile: "\(directory.path)/App/Features/Video.swift") == "default")
  }

  @Test func configuredModuleIsThatOfAllFiles() throws {
    let loaded = try project("[ext.migrations]\nmodule = 'shop.features'")
    #expect(SwiftModules(of: loaded).name(ofFile: "\(loaded.root)/Sources/A/Video.swift") == "shop.features")
  }

  @Test(arguments: ["", "2d", "a-b", "a..b", ".a", "a."])
  func moduleThatIsNoneIsRefused(name: String) throws {
    let error = try #require(try failure("[ext.migrations]\nmodule = '\(name)'"))
    #expect(error.diagnostics.map(\.message) == ["`module` must be the name of a module, found `\(name)`"])
  }
}
