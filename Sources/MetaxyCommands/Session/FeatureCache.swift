internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxySyntax

/// The declarations of a project's Swift files from earlier commands.
struct FeatureCache {
  /// The least number of bytes of sources for which a file is written: fewer are parsed in a few milliseconds.
  private static let leastSize = 1 << 16

  private static let name = "features.bin"
  private let directory: CacheDirectory
  let declarations: DeclarationCache?

  init(of root: String) {
    let directory = CacheDirectory(of: root)
    self.directory = directory
    declarations = Self.program.map { program in
      DeclarationCache(directory.bytes(of: Self.name) ?? [], fingerprint: program)
    }
  }

  func keep(_ update: DeclarationCache.Update) {
    if update.sourceSize >= Self.leastSize { directory.write(update.bytes, to: Self.name) }
  }

  /// The version of this program and its file, which another build of the same version changes; nil if the file is not found.
  private static var program: String? {
    #if canImport(Darwin)
      let path = CommandLine.arguments[0]
    #else
      let path = "/proc/self/exe"
    #endif
    guard let time = FileTime(ofFile: path), let size = Files.size(of: path) else { return nil }
    return "\(ToolVersion.current) \(size) \(time)"
  }
}
