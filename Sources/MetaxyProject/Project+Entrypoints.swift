public import MetaxyErrors
import MetaxyFiles

extension Project {
  /// Returns the Swift files that the entrypoints name, as absolute paths sorted by their bytes, each once.
  ///
  /// A directory stands for all Swift files below it, but for hidden ones.
  ///
  /// - Throws: `invalid_entrypoints` with every entrypoint that names none.
  public func sourceFiles() throws(MetaxyError) -> [String] {
    guard !configuration.entrypoints.isEmpty else { throw .noEntrypoints(shown(configFile)) }
    var files: Set<String> = []
    var failures: [(entrypoint: Entrypoint, error: MetaxyError)] = []
    for entrypoint in configuration.entrypoints {
      do {
        files.formUnion(try sourceFiles(of: entrypoint))
      } catch {
        failures.append((entrypoint, error))
      }
    }
    guard failures.isEmpty else { throw .invalidEntrypoints(failures) }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func sourceFiles(of entrypoint: Entrypoint) throws(MetaxyError) -> [String] {
    let text = entrypoint.text
    for ending in [".sql", ".json"] where text.hasSuffix(ending) {
      throw .entrypointKindNotRead(text, ending: ending)
    }
    let path = Paths.resolve(text, in: root)
    let files: [String]
    if Files.kind(of: path) != nil {
      guard Files.kind(of: path) != .file || text.hasSuffix(".swift") else { throw .entrypointIsNotSwift(text) }
      files = try SourceTree.swiftFiles(at: path)
    } else if Glob.isPattern(text) {
      files = try sourceFiles(matching: text)
    } else {
      files = []
    }
    guard !files.isEmpty else {
      throw Self.isModuleName(text) ? .entrypointIsModule(text) : .entrypointMatchesNothing(text)
    }
    return files
  }

  private func sourceFiles(matching pattern: String) throws(MetaxyError) -> [String] {
    guard let glob = Glob(pattern) else { throw .unclosedPattern(pattern) }
    var files: [String] = []
    for path in try SourceTree.paths(matching: glob.components[...], in: pattern.hasPrefix("/") ? "/" : root) {
      files += try SourceTree.swiftFiles(at: path)
    }
    return files
  }

  /// Whether a text reads as a Python module: `my.features`.
  private static func isModuleName(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 && !text.hasSuffix(".swift")
      && parts.allSatisfy { part in
        (part.first.map { $0.isLetter || $0 == "_" } ?? false)
          && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      }
  }
}
