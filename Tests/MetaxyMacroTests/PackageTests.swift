import MetaxyFileWriting
import MetaxyFiles
import MetaxyTestSupport
import Testing

/// A package as users have it: it depends on this repository, is built by SwiftPM and run.
@Suite(.timed) struct PackageTests {
  @Test func aPackageOfFeaturesBuildsWithNothingButMetaxy() throws {
    let directory = try TemporaryDirectory()
    try Files.createDirectory("\(directory.path)/Sources/Pipeline")
    try Files.write(manifest, to: "\(directory.path)/Package.swift")
    try Files.write(program, to: "\(directory.path)/Sources/Pipeline/Pipeline.swift")

    let scratch = "\(directory.path)/scratch"
    let result = try ChildProcess(
      ["swift", "run", "--quiet", "--scratch-path", scratch, "Pipeline"], directory: directory.path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output == "video/crop\nvideo__crop\nvideo\n{\"height\":3,\"sampleId\":\"s1\"}\n")

    // Folders are planned for every target of every package; modules are there for those that were compiled. The
    // plug-in, which runs on the machine that builds, has a folder of its own.
    let built = try Files.names(in: "\(scratch)/debug/Modules")
      .filter { $0.hasSuffix(".swiftmodule") }.map { $0.prefix { $0 != "." && $0 != "-" } }
    #expect(Set(built) == ["Pipeline", "Metaxy", "MetaxyFeatures"])
  }

  private let manifest = """
    // swift-tools-version: 6.2
    import PackageDescription

    let package = Package(
      name: "pipeline",
      platforms: [.macOS(.v13)],
      dependencies: [.package(name: "metaxy", path: "\(Repository.root)")],
      targets: [.executableTarget(name: "Pipeline", dependencies: [.product(name: "Metaxy", package: "metaxy")])]
    )
    """

  private let program = """
    import Foundation
    import Metaxy

    @FeatureBase(idColumns: ["sample_id"])
    protocol SampleFeature: Feature {
      var sampleId: String { get }
    }

    @Feature("video")
    struct Video: SampleFeature {
      var sampleId: String
    }

    @Feature("video/crop", dependencies: [.feature(Video.self)])
    struct Crop: SampleFeature {
      var sampleId: String
      @Column(default: 1) var height: Int?
    }

    @main
    enum Main {
      static func main() throws {
        print(Crop.feature.key)
        print(Crop.feature.key.tableName)
        for dependency in Crop.feature.dependencies ?? [] { print(dependency.feature.key) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        print(String(decoding: try encoder.encode(Crop(sampleId: "s1", height: 3)), as: UTF8.self))
      }
    }
    """
}
