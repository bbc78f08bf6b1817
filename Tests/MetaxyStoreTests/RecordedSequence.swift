import Foundation
import Metaxy
import MetaxyStore
import MetaxyTestSupport
import Testing

/// What Metaxy 0.1.11 says after steps of writes, deletions and updates.
struct RecordedSequence: Decodable, Sendable, CustomTestStringConvertible {
  struct Row: Decodable {
    /// The texts of the row.
    var values: [String: String]
    var hashes: [String: String]
    /// The data versions, where they are not the hashes.
    var dataVersions: [String: String]?

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer().decode([String: Value].self)
      values = container.compactMapValues { if case .text(let text) = $0 { text } else { nil } }
      hashes = container["by_field"]?.object ?? [:]
      dataVersions = container["data_by_field"]?.object
    }
  }

  enum Value: Decodable {
    case text(String)
    case object([String: String])
    case other

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let object = try? container.decode([String: String].self) {
        self = .object(object)
      } else {
        self = .other
      }
    }

    var object: [String: String]? { if case .object(let object) = self { object } else { nil } }
  }

  struct Step: Decodable {
    var define: String?
    var write: String?
    var rows: [Row]?
    var resolve: String?
    var samples: [Row]?
    var new: [[String]]?
    var stale: [[String]]?
    var orphaned: [[String]]?
    var written: String?
    var delete: String?
    var `where`: [String: String]?
    var soft: Bool?
    var read: String?
    var ids: [[String]]?
    var sql: String?
    var options: [String: Option]?
  }

  enum Option: Decodable {
    case flag(Bool)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  var name: String
  var steps: [Step]
  var testDescription: String { name }

  /// All sequences of the recording.
  static let all: [RecordedSequence] = {
    struct Goldens: Decodable { var resolutions: [RecordedSequence] }
    let path = URL(filePath: "\(Repository.fixtures)/metaxy-0.1-rows.json")
    do {
      return try JSONDecoder().decode(Goldens.self, from: try Data(contentsOf: path)).resolutions
    } catch {
      fatalError("\(error)")
    }
  }()
}

/// A feature whose columns are texts.
protocol TextRow: Feature {
  init(_ values: [String: String])
  static var columns: [(name: String, column: FeatureColumn<Self, String>, path: KeyPath<Self, String>)] { get }
}

extension Base: TextRow {
  init(_ values: [String: String]) { self.init(id: values["id"] ?? "") }
  static var columns: [(name: String, column: FeatureColumn<Base, String>, path: KeyPath<Base, String>)] {
    [("id", FeatureColumn(\Base.id, "id"), \.id)]
  }
}

extension Extra: TextRow {
  init(_ values: [String: String]) { self.init(id: values["id"] ?? "") }
  static var columns: [(name: String, column: FeatureColumn<Extra, String>, path: KeyPath<Extra, String>)] {
    [("id", FeatureColumn(\Extra.id, "id"), \.id)]
  }
}

extension Derived: TextRow {
  init(_ values: [String: String]) { self.init(id: values["id"] ?? "") }
  static var columns: [(name: String, column: FeatureColumn<Derived, String>, path: KeyPath<Derived, String>)] {
    [("id", FeatureColumn(\Derived.id, "id"), \.id)]
  }
}

extension Piece: TextRow {
  init(_ values: [String: String]) { self.init(g: values["g"] ?? "", n: values["n"] ?? "") }
  static var columns: [(name: String, column: FeatureColumn<Piece, String>, path: KeyPath<Piece, String>)] {
    [("g", FeatureColumn(\Piece.g, "g"), \.g), ("n", FeatureColumn(\Piece.n, "n"), \.n)]
  }
}

extension Whole: TextRow {
  init(_ values: [String: String]) { self.init(g: values["g"] ?? "") }
  static var columns: [(name: String, column: FeatureColumn<Whole, String>, path: KeyPath<Whole, String>)] {
    [("g", FeatureColumn(\Whole.g, "g"), \.g)]
  }
}

extension Part: TextRow {
  init(_ values: [String: String]) { self.init(id: values["id"] ?? "", n: values["n"] ?? "") }
  static var columns: [(name: String, column: FeatureColumn<Part, String>, path: KeyPath<Part, String>)] {
    [("id", FeatureColumn(\Part.id, "id"), \.id), ("n", FeatureColumn(\Part.n, "n"), \.n)]
  }
}
