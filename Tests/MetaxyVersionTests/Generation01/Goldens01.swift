import MetaxyFeatures
import MetaxyFiles
import MetaxyJSON
import MetaxyTestSupport
import Testing

/// Graphs with every hash that Metaxy 0.1.11 computes for them, forms of keys and specs, and what Metaxy refuses.
enum Goldens01 {
  /// One graph.
  struct Vector: Sendable, CustomTestStringConvertible {
    var json: JSONValue
    var name: String { json.text("name") }
    /// nil if the configuration names none.
    var project: String? { json["project"]?.string }
    var truncationLength: Int { json["hash_truncation_length"]?.integer ?? 0 }
    var features: [JSONValue] { json["features"]?.elements ?? [] }

    var testDescription: String { name }

    /// The graph as another program exports it, in the form that Metaxy stores.
    func exported(declaring generation: Bool) throws -> String {
      let features = try features.map { feature in
        var members: [JSONValue.Member] = [
          .init("spec", try JSONValue(parsing: feature.text("spec_stored_json"), file: name)),
          .init("class_path", feature["class_path"] ?? .null), .init("project", feature["project"] ?? .null),
          .init("definition_version", feature["definition_version"] ?? .null),
          .init("external", feature["external"] ?? .boolean(false)),
        ]
        if let given = feature["given_field_versions"] { members.append(.init("field_versions", given)) }
        return JSONValue.object(members)
      }
      var members: [JSONValue.Member] = [
        .init("hash_truncation_length", JSONValue(truncationLength)), .init("features", .array(features)),
      ]
      if let project { members.insert(.init("project", .string(project)), at: 0) }
      if generation { members.append(.init("generation", "0.1")) }
      return JSONValue.object(members).text()
    }
  }

  static let file: JSONValue = {
    let path = "\(Repository.fixtures)/metaxy-0.1-hashes.json"
    // Without the file there is nothing, and a test counts.
    guard let bytes = try? Files.bytes(at: path) else { return .null }
    return (try? JSONValue(parsing: bytes, file: path)) ?? .null
  }()

  static let vectors: [Vector] = (file["vectors"]?.elements ?? []).map(Vector.init)
  static let keyForms: [JSONValue] = file["key_forms"]?.elements ?? []
  static let specForms: [JSONValue] = file["spec_forms"]?.elements ?? []
  static let negatives: [JSONValue] = file["negatives"]?.elements ?? []
}
