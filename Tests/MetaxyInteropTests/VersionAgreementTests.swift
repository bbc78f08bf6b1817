import Foundation
import MetaxyTestSupport
import Testing

/// The command and Python's Metaxy compute the same versions for the same graph.
struct VersionAgreementTests {
  /// Diamonds, fields of their own lineage, keys of several parts, features that are computed from nothing. No field of a
  /// derived feature is computed from nothing: this release of Metaxy has no such field.
  private static let features = """
    import Metaxy

    @Feature("video/raw", idColumns: ["id"], fields: [.field("frames", codeVersion: "1"), .field(["audio", "left"], codeVersion: "é")])
    struct Raw { var id: String }

    @Feature("note", idColumns: ["id"], metadata: ["owner": "ann"])
    struct Note { var id: String }

    @Feature(
      "video/crop", idColumns: ["id"], dependencies: [.feature(Raw.self)],
      fields: [.field("frames", codeVersion: "2", dependencies: [.fields(of: Raw.self, ["frames"])])])
    struct Crop { var id: String }

    @Feature("video/speech", idColumns: ["id"], dependencies: [.feature(Raw.self), .feature("note")])
    struct Speech { var id: String }

    @Feature(
      "video/summary", idColumns: ["id"],
      dependencies: [.feature(Crop.self), .feature(Speech.self), .feature(Raw.self), .feature("note")],
      fields: [
        .field("text", codeVersion: "3"),
        .field("cover", dependencies: [.allFields(of: Crop.self), .fields(of: Raw.self, [["audio", "left"]])]),
      ])
    struct Summary { var id: String }
    """

  @Test(arguments: [8, 13, 64]) func versionsAreThoseOfMetaxy(length: Int) throws {
    let directory = try MetaxyPython.directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    try write(to: directory, length: length)
    let metaxy = try BuiltProgram.directory(of: "metaxy") + "/metaxy"
    let exported = try MetaxyPython.run(metaxy, ["graph", "export"], in: directory)
    try exported.write(to: directory.appendingPathComponent("graph.json"))
    try MetaxyPython.validateGraph("graph.json", in: directory)

    let listed = try MetaxyPython.run(metaxy, ["list", "features", "--format", "json"], in: directory)
    let list = try #require(try JSONSerialization.jsonObject(with: listed) as? NSDictionary)
    let ours = try #require(list["features"] as? [NSDictionary])
    let theirs = try MetaxyPython.answer(of: "metaxy_versions.py", ["graph.json"], in: directory)
    #expect(ours.count == 5)
    #expect(theirs.count == ours.count)
    for feature in ours {
      let key = try #require(feature["key"] as? String)
      let expected = try #require(theirs[key] as? NSDictionary)
      #expect((feature["feature_version"] as? String)?.count == length)
      #expect(feature["feature_version"] as? String == expected["feature_version"] as? String, "\(key)")
      #expect(feature["fields"] as? NSDictionary == expected["fields"] as? NSDictionary, "\(key)")
    }
  }

  private func write(to directory: URL, length: Int) throws {
    let configuration = "project = 'shop'\nhash_truncation_length = \(length)\nentrypoints = ['Features.swift']\n"
    for (name, text) in ["metaxy.toml": configuration, "Features.swift": Self.features] {
      try text.write(to: directory.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
  }
}
