package import MetaxyErrors
import MetaxyFiles
import MetaxyGraph

/// Reads the features of Swift sources, without building or running them.
///
/// A file without the word `Feature` is not parsed, unless a feature needs a type that only such a file can declare.
package enum Discovery {
  /// A file after the first look.
  private enum Look: Sendable {
    case parsed(FileDeclarations)
    case skipped(bytes: [UInt8], file: SourceFile)
    /// Written by `metaxy` itself: what it names is declared elsewhere.
    case generated
    case failed(MetaxyError)
  }

  /// Returns the features that `files` declare, and everything that is wrong with them, in one run.
  ///
  /// - Throws: `unreadable_file` for the first file that cannot be opened; what is wrong *in* files is no thrown error.
  package static func read(_ files: [SourceFile]) throws(MetaxyError) -> DiscoveryResult {
    var seen: Set<String> = []
    let files = files.filter { seen.insert($0.path).inserted }
    var declarations: [FileDeclarations] = []
    var skipped: [SkippedFile] = []
    for look in concurrentMap(files, look) {
      switch look {
      case .parsed(let file): declarations.append(file)
      case .skipped(let bytes, let file): skipped.append(SkippedFile(bytes: bytes, file: file))
      case .generated: break
      case .failed(let error): throw error
      }
    }
    parseNeeded(of: &skipped, into: &declarations)
    let resolution = FeatureResolution(of: declarations)
    let sorted = resolution.diagnostics.sorted { ($0.location, $0.message) < ($1.location, $1.message) }
    return DiscoveryResult(
      definitions: resolution.definitions, incompleteKeys: resolution.incompleteKeys,
      diagnostics: quotingSources(of: sorted, in: files),
      filesParsed: declarations.count)
  }

  private static func look(at file: SourceFile) -> Look {
    do {
      var bytes = try Files.bytes(at: file.path)
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
      guard !GeneratedSource.isMarked(bytes) else { return .generated }
      guard ByteSearch.contains("Feature", in: bytes) else { return .skipped(bytes: bytes, file: file) }
      return .parsed(FileReader.declarations(in: bytes, displayPath: file.displayPath))
    } catch {
      return .failed(error)
    }
  }

  /// Parses skipped files that declare what is missing, until nothing more is found: a base may refine another.
  private static func parseNeeded(of skipped: inout [SkippedFile], into declarations: inout [FileDeclarations]) {
    while !skipped.isEmpty {
      let needed = UnresolvedTypeNames(of: declarations)
      guard !needed.isEmpty else { return }
      let isNeeded = concurrentMap(skipped) { ByteSearch.declares(needed, in: $0.bytes) }
      let found = zip(skipped, isNeeded).filter(\.1).map(\.0)
      guard !found.isEmpty else { return }
      declarations += concurrentMap(found) {
        FileReader.declarations(in: $0.bytes, displayPath: $0.file.displayPath)
      }
      skipped = zip(skipped, isNeeded).filter { !$0.1 }.map(\.0)
    }
  }

  /// Returns `diagnostics` with the text of the lines they are about, as far as `files` hold them.
  package static func quotingSources(of diagnostics: [Diagnostic], in files: [SourceFile]) -> [Diagnostic] {
    guard diagnostics.contains(where: { $0.sourceLine == nil }) else { return diagnostics }
    let paths = Dictionary(files.map { ($0.displayPath, $0.path) }, uniquingKeysWith: { first, _ in first })
    var texts: [String: LineText] = [:]
    return diagnostics.map { diagnostic in
      guard diagnostic.sourceLine == nil, let path = paths[diagnostic.location.file] else { return diagnostic }
      let text = texts[path] ?? LineText(path: path)
      texts[path] = text
      var quoted = diagnostic
      quoted.sourceLine = text[diagnostic.location.line]
      return quoted
    }
  }
}

/// A file that was not worth parsing at the first look.
struct SkippedFile: Sendable {
  var bytes: [UInt8]
  var file: SourceFile
}
