import Foundation
import MetaxyFileWriting
import MetaxyFiles
import MetaxyTestSupport
import Testing

/// The Swift blocks of README and articles compile, within what the files of `Tests/Pages` declare around them.
@Suite(.timed) struct PageCompilationTests {
  @Test func everyBlockCompiles() throws {
    let directory = try TemporaryDirectory()
    let pages = Dictionary(uniqueKeysWithValues: try Page.all().map { ($0.name, $0) })
    let files = try Repository.files(below: "Tests/Pages", suffix: ".swift")
    for path in files {
      let name = Paths.name(of: path)
      let page = try #require(pages[String(name.prefix { $0 != "+" && $0 != "." })], "\(name)")
      try Files.write(try Self.source(at: path, with: page), to: "\(directory.path)/\(name)")
    }
    let result = try ChildProcess(
      ["swiftc", "-typecheck", "-swift-version", "6", "-diagnostic-style", "llvm", "-module-name", "Pages"]
        + Self.search() + files.map(Paths.name), directory: directory.path)
    #expect(result.status == 0, "\(result.errors)")
  }

  /// The text of a file with each comment `block: START` replaced by the block. The imports of a block come first.
  private static func source(at path: String, with page: Page) throws -> String {
    var imports: Set<Substring> = []
    var text = ""
    for line in try Files.text(at: path).split(separator: "\n", omittingEmptySubsequences: false) {
      guard let mark = line.firstMatch(of: /\/\/ block: (.+)/) else {
        text += line + "\n"
        continue
      }
      let block = try #require(page.blocks.first { $0.text.hasPrefix(mark.1) }, "\(path): \(mark.1)")
      let lines = block.text.split(separator: "\n", omittingEmptySubsequences: false)
      imports.formUnion(lines.filter { $0.hasPrefix("import ") })
      text += lines.filter { !$0.hasPrefix("import ") }.joined(separator: "\n") + "\n"
    }
    return imports.sorted().joined(separator: "\n") + "\n" + text
  }

  /// Where the modules of the products and of package descriptions are, with the C modules behind them.
  private static func search() throws -> [String] {
    let modules = try BuildProducts.modules()
    let build = modules.deletingLastPathComponent()
    let targets = try FileManager.default.contentsOfDirectory(at: build, includingPropertiesForKeys: nil)
    let maps =
      try Repository.files(below: "Sources", suffix: "module.modulemap")
      + targets.map { $0.appendingPathComponent("module.modulemap").path }.filter { Files.kind(of: $0) == .file }
    let info = try ChildProcess(["swiftc", "-print-target-info"], directory: build.path)
    let resources = try #require(info.output.firstMatch(of: /"runtimeResourcePath": "([^"]+)"/)).1
    return try [
      "-I", modules.path, "-load-plugin-executable", BuildProducts.plugIn().path + "#MetaxyMacros",
      "-I", "\(resources)/pm/ManifestAPI", "-package-description-version", "6.2",
    ] + maps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
  }
}
