import MetaxyErrors
import MetaxyFeatures
import MetaxyFiles
import MetaxyGraph
import MetaxyTestSupport
import Testing

/// Graphs with every hash that the real Metaxy computes for them, forms of keys, and what Metaxy refuses.
struct Goldens {
  /// One graph.
  struct Vector: Sendable, CustomTestStringConvertible {
    var name: String
    var project: String
    /// nil for all characters.
    var truncationLength: Int?
    var snapshot: String
    var features: [Feature]

    var testDescription: String { name }
  }

  /// A feature with Metaxy's results for it.
  struct Feature: Sendable {
    var json: JSONValue
    var spec: JSONValue

    func text(_ name: String) -> String { json.text(name) }
    var fieldVersions: [JSONValue.Member] { json["field_versions"]?.members ?? [] }
  }

  static let file: JSONValue = {
    let path = "\(Repository.fixtures)/metaxy-hashes.json"
    // Without the file there is nothing, and a test counts.
    guard let bytes = try? Files.bytes(at: path) else { return .null }
    return (try? JSONValue(parsing: bytes, file: path)) ?? .null
  }()

  static let vectors: [Vector] = (file["vectors"]?.elements ?? []).map { json in
    Vector(
      name: json.text("name"), project: json.text("project"),
      truncationLength: json["hash_truncation_length"]?.integer, snapshot: json.text("snapshot_version"),
      features: (json["features"]?.elements ?? []).map { Feature(json: $0, spec: $0["spec"] ?? .null) })
  }

  static let negatives: [JSONValue] = file["negatives"]?.elements ?? []
  static let keyForms: [JSONValue] = file["key_forms"]?.elements ?? []
}

extension JSONValue {
  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
  var members: [Member] { if case .object(let members) = self { members } else { [] } }
  var string: String? { if case .string(let text) = self { text } else { nil } }
  var integer: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }

  /// The text of a member; empty without one, which equals nothing that is looked for.
  func text(_ name: String) -> String { self[name]?.string ?? "" }
}

/// Texts as their bytes: Swift's `==` takes two spellings of one letter for the same.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
