import Foundation
import MetaxyCommands
import MetaxyErrors
import MetaxyRuntime
import MetaxyTestSupport
import Synchronization
import Testing

/// The example project of this repository, in a copy.
@Suite struct ExampleProjectTests {
  private let directory: TemporaryDirectory
  private let project: URL

  init() throws {
    let root = URL(filePath: Repository.root)
    let files = FileManager.default
    directory = try TemporaryDirectory()
    project = URL(filePath: directory.path)
    try files.createDirectory(at: project.appending(path: "Sources"), withIntermediateDirectories: true)
    for path in ["metaxy.toml", "migrations", ".metaxy", "Sources/ExampleFeatures"] {
      try files.copyItem(at: root.appending(path: path), to: project.appending(path: path))
    }
  }

  private func withProject(_ body: (CommandContext, Heard) throws -> Void) throws {
    let heard = Heard()
    let context = CommandContext(
      workingDirectory: project.path(percentEncoded: false), variables: [:], allEnvironments: true,
      report: { heard.hear($0) })
    try body(context, heard)
  }

  private final class Heard: Sendable {
    private let told = Mutex<[ProgressEvent]>([])

    var narrations: [ProgressEvent] { told.withLock(\.self) }

    func forget() { told.withLock { $0 = [] } }

    func hear(_ narration: ProgressEvent) { told.withLock { $0.append(narration) } }

    var phases: [Phase] {
      narrations.compactMap { if case .phase(let phase, _) = $0 { phase } else { nil } }
    }
  }

  @Test func committedRevisionsLeadToTheFeatures() throws {
    try withProject { context, _ in
      let run = try Commands.upgrade(context, target: "head", allowsLoss: false, backsUp: false)
      #expect(run.parts.map(\.applied.count) == [2, 3])
      let check = try Commands.check(context)
      #expect(check.differences.map(\.operation) == [])
      #expect(check.pendingRevisions == [])
    }
  }

  @Test func committedRevisionsAreFreeOfFindings() throws {
    try withProject { context, _ in
      let report = try Commands.lint(
        context, Commands.LintRequest(target: "base:heads", includesDowngrades: true, isStrict: true))
      #expect(report.revisions.count == 5)
      #expect(report.findings == [])
    }
  }

  @Test func committedRevisionsLeadBackToNothing() throws {
    try withProject { context, _ in
      _ = try Commands.upgrade(context, target: "head", allowsLoss: false, backsUp: false)
      _ = try Commands.downgrade(context, target: "base", allowsLoss: false, backsUp: false)
      let check = try Commands.check(context)
      #expect(check.pendingRevisions.count == 5)
      #expect(check.differences.map(\.operation) == [])
    }
  }

  /// The script behind the GitHub action and `.ci/run`.
  @Test func theActionAnnotatesTheLine() throws {
    let script = Repository.path(".ci/check-project")
    let binary = try BuiltProgram.path(of: "metaxy")
    let log = project.appending(path: "log.sarif").path(percentEncoded: false)
    func run() throws -> ChildProcess {
      try ChildProcess(
        #""$SCRIPT" "$BINARY" . "$LOG""#,
        environment: ["PATH": "/usr/bin:/bin", "SCRIPT": script, "BINARY": binary, "LOG": log],
        directory: project.path(percentEncoded: false))
    }
    let clean = try run()
    #expect(clean.status == 0)
    #expect(clean.output == "")
    let file = project.appending(path: "Sources/ExampleFeatures/Transcript.swift")
    let source = try String(contentsOf: file, encoding: .utf8)
    let property = "  public var text: String\n"
    let before = try #require(source.range(of: property)).lowerBound
    // The property after it: lines count from 1.
    let line = source[..<before].split(separator: "\n", omittingEmptySubsequences: false).count + 1
    try source.replacingOccurrences(of: property, with: property + "  public var speakers: Int?\n")
      .replacingOccurrences(of: "case sampleId,", with: "case speakers, sampleId,")
      .write(to: file, atomically: true, encoding: .utf8)
    let changed = try run()
    #expect(changed.status == 2)
    #expect(
      changed.output.contains(
        "::error file=Sources/ExampleFeatures/Transcript.swift,line=\(line),title=metaxy%3A add_column"))
    let written = try String(contentsOfFile: log, encoding: .utf8)
    #expect(written.contains("\"startLine\": \(line)"))
  }

  @Test func aChangedFeatureIsFoundOnItsLine() throws {
    try withProject { context, _ in
      _ = try Commands.upgrade(context, target: "head", allowsLoss: false, backsUp: false)
      let file = project.appending(path: "Sources/ExampleFeatures/Transcript.swift")
      let source = try String(contentsOf: file, encoding: .utf8)
      let property = "  public var text: String\n"
      let before = try #require(source.range(of: property)).lowerBound
      try source.replacingOccurrences(of: property, with: property + "  public var speakers: Int?\n")
        .replacingOccurrences(of: "case sampleId,", with: "case speakers, sampleId,")
        .write(to: file, atomically: true, encoding: .utf8)
      let difference = try #require(try Commands.check(context).differences.first)
      #expect(difference.operation == "add_column video__transcript.speakers")
      #expect(difference.source?.file == "Sources/ExampleFeatures/Transcript.swift")
      // The property after `text`: lines count from 1.
      #expect(
        difference.source?.line == source[..<before].split(separator: "\n", omittingEmptySubsequences: false).count + 1)
    }
  }

  @Test func theCommittedRegistryIsOfTheFeatures() throws {
    try withProject { context, _ in
      let report = try Commands.generate(context, .init(onlyChecks: true))
      #expect(report.path == "Sources/ExampleFeatures/FeatureRegistry.swift")
      #expect(!report.isStale)
      #expect(report.features == 3)
    }
  }

  /// A column that no version knows of is in the registry, too.
  @Test func aChangedFeatureMakesTheRegistryStale() throws {
    try withProject { context, _ in
      let file = project.appending(path: "Sources/ExampleFeatures/RawVideo.swift")
      let source = try String(contentsOf: file, encoding: .utf8)
      try source.replacingOccurrences(of: "public var path", with: "public var codec: String?; public var path")
        .write(to: file, atomically: true, encoding: .utf8)
      #expect(try Commands.generate(context, .init(onlyChecks: true)).isStale)
    }
  }

  @Test func checkTellsHowLongEachPartTook() throws {
    try withProject { context, heard in
      _ = try Commands.upgrade(context, target: "head", allowsLoss: false, backsUp: false)
      heard.forget()
      _ = try Commands.check(context)
      // Metaxy's own tables come from no sources; both environments are opened first. The versions are for the registry.
      let environments: [Phase] = [
        .introspection, .normalisation, .comparison, .discovery, .derivation, .introspection, .normalisation,
        .comparison,
      ]
      #expect(heard.phases == [.configuration, .revisions, .revisions] + environments + [.versions])
    }
  }
}
