import Foundation
import MetaxyTestSupport
import Testing

/// The messages between the compiler and the plug-in, as the plug-in's executable speaks them.
@Suite(.timed) struct PlugInTests {
  @Test func itTellsItsVersion() throws {
    let answers = try talk([#"{"getCapability": {"capability": {"protocolVersion": 7}}}"#])
    #expect(answers == [["getCapabilityResult": ["capability": ["protocolVersion": 7]]]])
    // As older compilers ask.
    #expect(try talk([#"{"getCapability": {}}"#]) == answers)
  }

  @Test func aFeatureGetsAMemberOfItsArguments() throws {
    let source = try expansion("FeatureMacro", "member", attribute: #"@Feature("video", fields: [.field("frames")])"#)
    #expect(
      source == """
        public nonisolated static var feature: Metaxy.FeatureDeclaration {
        Metaxy.FeatureDeclaration("video", fields: [.field("frames")])
        }
        """)
  }

  @Test(
    arguments: [
      ("\n\n/// A video (raw), like @Feature(\"x\").\n@Feature(\"video\")", #"("video")"#),
      ("/* ( /* ( */ @Feature(1) */ @Metaxy.Feature(\"video\") ", #"("video") "#),
      ("// (\r\n\t@Feature(\n  \"video\"  // )\n) // (", "(\n  \"video\"  // )\n) // ("),
      ("/* not closed ( @Feature(1)", "()"),
      ("@FeatureBase", "()"),
      ("", "()"),
    ])
  func argumentsBeginAfterTheNameOfTheAttribute(attribute: String, arguments: String) throws {
    let source = try expansion("FeatureMacro", "member", attribute: attribute)
    #expect(source.hasSuffix("{\nMetaxy.FeatureDeclaration\(arguments)\n}"))
  }

  @Test func theConformanceIsAddedWhereItIsMissing() throws {
    let missing = try expansion(
      "FeatureMacro", "extension", attribute: #"@Feature("video")"#,
      more: [
        "extendedTypeSyntax": ["source": "Outer.Video"],
        "conformanceListSyntax": ["source": "struct Placeholder: Feature {}"],
      ])
    #expect(missing == "nonisolated extension Outer.Video: Metaxy.Feature {}")
    let there = try expansion(
      "FeatureMacro", "extension", attribute: #"@Feature("video")"#,
      more: ["extendedTypeSyntax": ["source": "Outer.Video"]])
    #expect(there == "")
  }

  @Test func aBaseGetsAMemberOfItsArguments() throws {
    let source = try expansion(
      "FeatureBaseMacro", "extension", attribute: #"@FeatureBase(idColumns: ["a"])"#,
      more: ["extendedTypeSyntax": ["source": "Base"]])
    #expect(source.contains("extension Base {"))
    #expect(source.contains(#"Metaxy.FeatureBaseDeclaration(idColumns: ["a"])"#))
  }

  @Test(arguments: [("ColumnMacro", "peer"), ("TransientMacro", "peer"), ("FeatureMacro", "body"), ("Other", "member")])
  func theRestAddsNothing(type: String, role: String) throws {
    #expect(try expansion(type, role, attribute: "@Column(unique: true)") == "")
  }

  @Test(
    arguments: [
      #"{"loadPluginLibrary": {"libraryPath": "/lib", "moduleName": "Lib"}}"#,
      #"{"expandFreestandingMacro": {"macro": {"typeName": "FeatureMacro"}}}"#, #"{"expandAttachedMacro": {}}"#,
      #"{"tomorrow": [1, {"a": null}]}"#, "{}", "[]", "1",
    ])
  func whatIsNotKnownIsAnsweredByNothing(message: String) throws {
    let nothing: NSDictionary = ["expandMacroResult": ["expandedSource": NSNull(), "diagnostics": [Int]()]]
    #expect(try talk([message, #"{"getCapability": {}}"#]).first == nothing)
    #expect(try talk([message, #"{"getCapability": {}}"#]).count == 2)
  }

  @Test func messagesMayComeInPieces() throws {
    let attribute = "@Feature(\"" + String(repeating: "é", count: 100_000) + "\")"
    let message = try request("FeatureMacro", "member", attribute: attribute)
    var bytes = frame(message)
    bytes += frame(#"{"getCapability": {}}"#)
    // One byte, the rest of the length with the first bytes of the text, and so on, each after the one before was read.
    let result = try run(pieces: [bytes[..<1], bytes[1..<11], bytes[11..<70_000], bytes[70_000...]].map { Data($0) })
    let answers = try answers(in: result.output)
    #expect(answers.count == 2)
    #expect((answers.first?["expandMacroResult"] as? NSDictionary)?["expandedSource"] as? String != nil)
    #expect(result.status == 0)
  }

  @Test(
    arguments: [
      [], [1, 2, 3], [5, 0, 0, 0, 0, 0, 0, 0], [5, 0, 0, 0, 0, 0, 0, 0, 0x7B], [UInt8](repeating: 0xFF, count: 8),
      [UInt8](repeating: 0x7F, count: 4096), [0, 0, 0, 0, 0, 0, 0, 0], [3, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFE, 0x00],
      [1, 0, 0, 0, 0, 0, 0, 0, 0x7B],
    ])
  func itEndsQuietlyWhereMessagesEnd(bytes: [UInt8]) throws {
    let result = try run(pieces: [Data(bytes)])
    #expect(result.output.isEmpty)
    #expect(result.errors == "")
    #expect(result.status == 0)
  }

  // MARK: Talking

  private func expansion(
    _ type: String, _ role: String, attribute: String, more: [String: Any] = [:]
  ) throws -> String {
    let answers = try talk([request(type, role, attribute: attribute, more: more)])
    let result = try #require(answers.first?["expandMacroResult"] as? NSDictionary)
    #expect(result["diagnostics"] as? NSArray == [])
    return try #require(result["expandedSource"] as? String)
  }

  private func request(
    _ type: String, _ role: String, attribute: String, more: [String: Any] = [:]
  ) throws -> String {
    var members: [String: Any] = [
      "macro": ["moduleName": "MetaxyMacros", "typeName": type, "name": "Feature"], "macroRole": role,
      "discriminator": "$s1", "attributeSyntax": ["kind": "attribute", "source": attribute],
      "declSyntax": ["kind": "declaration", "source": "struct Video {}"], "lexicalContext": [Int](),
    ]
    members.merge(more) { $1 }
    return String(decoding: try JSONSerialization.data(withJSONObject: ["expandAttachedMacro": members]), as: UTF8.self)
  }

  private func talk(_ messages: [String]) throws -> [NSDictionary] {
    let result = try run(pieces: [Data(messages.flatMap(frame))])
    #expect(result.status == 0)
    return try answers(in: result.output)
  }

  private func frame(_ message: String) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: message.utf8.count >> ($0 * 8)) } + message.utf8
  }

  private func answers(in output: Data) throws -> [NSDictionary] {
    var answers: [NSDictionary] = []
    var rest = output
    while rest.count >= 8 {
      let length = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      let message = rest.dropFirst(8).prefix(length)
      try answers.append(#require(JSONSerialization.jsonObject(with: Data(message)) as? NSDictionary))
      rest = rest.dropFirst(8 + length)
    }
    #expect(rest.isEmpty)
    return answers
  }

  private func run(pieces: [Data]) throws -> (output: Data, errors: String, status: Int32) {
    let directory = try TemporaryDirectory()
    let input = try InputPipe()
    let process = try RunningProcess(
      [BuildProducts.plugIn().path], environment: ChildProcess.machine, directory: directory.path, input: input)
    for (position, piece) in pieces.enumerated() {
      if position > 0 { try process.waitUntil("the plug-in has read the piece before") { input.unreadCount == 0 } }
      // Refused once the plug-in has ended, which its status and its output tell.
      guard input.write(piece) else { break }
    }
    input.close()
    let result = try process.end()
    return (Data(try process.output), result.errors, result.status)
  }
}
