internal import MetaxyConfiguration
package import MetaxyErrors
import MetaxyFiles

extension Project {
  /// Returns the files of the entrypoints.
  ///
  /// `python:` in front of a module's name stands for what Metaxy and SQLAlchemy know once the module is imported. A
  /// directory stands for all Swift files below it except hidden ones. SQL files and exported graphs are named by
  /// their file, or by a pattern that ends in `.sql` or `.json`.
  ///
  /// - Throws: `invalid_entrypoints` with every entrypoint that matches no file.
  package func sourceFiles() throws(MetaxyError) -> EntrypointFiles {
    guard !entrypoints.isEmpty else { throw .noEntrypoints(displayPath(configFile)) }
    var files = EntrypointFiles()
    var failures: [(entrypoint: Entrypoint, error: MetaxyError)] = []
    for entrypoint in entrypoints {
      do {
        if let module = try Self.pythonModule(in: entrypoint.text) {
          if !files.python.contains(module) { files.python.append(module) }
        } else {
          for path in try sourceFiles(of: entrypoint.text) { files.append(path) }
        }
      } catch {
        failures.append((entrypoint, error))
      }
    }
    guard failures.isEmpty else { throw .invalidEntrypoints(failures) }
    files.sort()
    return files
  }

  /// Returns the files that a command's argument names, in the form of an entrypoint relative to the working directory.
  package func sourceFiles(at argument: String) throws(MetaxyError) -> EntrypointFiles {
    var files = EntrypointFiles()
    for path in try sourceFiles(of: Paths.resolve(argument, in: workingDirectory)) { files.append(path) }
    files.sort()
    return files
  }

  private func sourceFiles(of text: String) throws(MetaxyError) -> [String] {
    let path = Paths.resolve(text, in: root)
    let files: [String]
    if Files.kind(of: path) != nil {
      guard Files.kind(of: path) != .file || Self.endings.contains(where: text.hasSuffix) else {
        throw .entrypointIsNotSwift(text)
      }
      files = try SourceTree.files(at: path, ending: Self.ending(of: text))
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
      files += try SourceTree.files(at: path, ending: Self.ending(of: pattern))
    }
    return files
  }

  /// Returns the file extension that an entrypoint selects.
  private static func ending(of text: String) -> String { endings.first(where: text.hasSuffix) ?? ".swift" }

  /// The extensions of the files that can be read.
  private static let endings = [".swift", ".sql", ".json"]

  /// Returns the module of an entrypoint such as `python:my.features`; nil for a file.
  ///
  /// - Throws: `invalid_entrypoints` if what follows the colon is not the name of a module.
  private static func pythonModule(in text: String) throws(MetaxyError) -> String? {
    guard text.hasPrefix("python:") else { return nil }
    let module = String(text.dropFirst("python:".count))
    guard isDottedName(module) else { throw .entrypointLacksModule(text) }
    return module
  }

  /// Returns whether a text looks like a Python module: `my.features`.
  private static func isModuleName(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 && !endings.contains(where: text.hasSuffix) && isDottedName(text)
  }

  private static func isDottedName(_ text: String) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      (part.first.map { $0.isLetter || $0 == "_" } ?? false)
        && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
  }
}
