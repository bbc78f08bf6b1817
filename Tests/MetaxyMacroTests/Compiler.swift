import Foundation
import MetaxyFileWriting
import MetaxyFiles
import MetaxyTestSupport

/// Type-checks sources that import the `Metaxy` of this build.
enum Compiler {
  /// The flags that a package's target has under the strictest settings.
  static let strict = [
    "-swift-version", "6", "-warnings-as-errors", "-enable-upcoming-feature", "ExistentialAny",
    "-enable-upcoming-feature",
    "InternalImportsByDefault", "-enable-upcoming-feature", "MemberImportVisibility", "-package-name", "pipeline",
  ]

  /// Type-checks `source` as one module and returns the compiler's diagnostics: `line:column: error: message`, or
  /// `expansion: error: message` for text that a macro added.
  static func diagnostics(of source: String, flags: [String] = strict) throws -> [String] {
    try diagnostics(of: [source], flags: flags)
  }

  /// Type-checks `sources` as the files of one module; diagnostics of any file but the first start with its name.
  static func diagnostics(of sources: [String], flags: [String] = strict) throws -> [String] {
    let directory = try TemporaryDirectory()
    let names = sources.indices.map { $0 == 0 ? "source.swift" : "source\($0).swift" }
    for (name, source) in zip(names, sources) { try Files.write(source, to: "\(directory.path)/\(name)") }
    let result = try ChildProcess(
      [
        "swiftc", "-typecheck", "-diagnostic-style", "llvm", "-module-name", "Pipeline", "-I",
        BuildProducts.modules().path,
        "-load-plugin-executable", BuildProducts.plugIn().path + "#MetaxyMacros",
      ] + names + flags, directory: directory.path)
    let diagnostics = result.errors.split(separator: "\n").compactMap(diagnostic)
    guard result.status == 0 || !diagnostics.isEmpty else { throw Failed(errors: result.errors) }
    return diagnostics
  }

  struct Failed: Error {
    var errors: String
  }

  /// Shortens `path:line:column: error: message`; nil for source lines, carets and notes in other files.
  private static func diagnostic(_ line: Substring) -> String? {
    guard let kind = ["error", "warning", "note"].first(where: { line.contains(": \($0): ") }),
      let place = line.range(of: ": \(kind): ").map({ line[..<$0.lowerBound] })
    else { return nil }
    let message = line[place.endIndex...]
    if place.hasPrefix("source.swift:") { return String(line.dropFirst("source.swift:".count)) }
    if place.contains("@__swiftmacro") { return "expansion\(message)" }
    return place.hasPrefix("source") ? String(line) : nil
  }
}
