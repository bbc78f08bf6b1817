/// A change of features, as a user edits their source.
struct FeatureChange: Sendable {
  var what: String
  /// The operations on the engine that sees the change.
  var operations: [String]
  var edits: [(old: String, new: String)]

  /// The source that all changes begin with.
  static let source = """
    import Foundation
    import Metaxy

    enum Kind: String, Codable, Sendable { case mp4, mov }

    @Feature("camera", idColumns: ["id"], primaryKey: ["id"])
    struct Camera: Feature {
      var id: String
    }

    @Feature("clip", idColumns: ["sample_id"])
    struct Clip: Feature {
      var sampleId: String
      var camera: String
      var note: String?
      @Column(type: .varchar(20)) var code: String
      var size: Int32
      var score: Double?
      var kind: Kind
      var tags: [String]
      var taken: Date
    }

    @Feature("lens", idColumns: ["id"])
    struct Lens: Feature {
      var id: String
    }
    """

  /// Rows for the tables of ``source``, in SQL that both engines accept.
  static let rows = """
    INSERT INTO camera (id) VALUES ('c1'), ('c2');
    INSERT INTO lens (id) VALUES ('l1');
    INSERT INTO clip (sample_id, camera, note, code, size, score, kind, tags, taken)
    VALUES ('s1', 'c1', '7', 'a', 1, 0.5, 'mp4', '["x"]', '2026-11-22 10:07:31.123456'),
      ('s2', 'c1', NULL, 'b', 2, NULL, 'mov', '[]', '2026-11-22 10:07:32'),
      ('s3', 'c2', '12', 'c', 3, 1.5, 'mp4', '{"k": [1, null]}', '2026-11-22 10:07:33');
    """

  /// What no change loses on its way up and down.
  static let keptRows = """
    SELECT sample_id, camera, code, kind, size FROM clip ORDER BY sample_id;
    SELECT id FROM camera ORDER BY id;
    """

  init(_ what: String, _ operations: [String], _ edits: (old: String, new: String)...) {
    self.what = what
    self.operations = operations
    self.edits = edits
  }

  /// Changes that follow one another, by what they are about.
  static let all = ["columns": columns, "constraints": constraints, "indexes and names": indexesAndNames]

  /// Whether operations are the ones expected: the verb alone where the name is derived.
  func isMade(of found: [String]) -> Bool {
    let known = found.map { operations.contains($0) ? $0 : String($0.prefix { $0 != " " }) }
    return known.sorted() == operations.sorted()
  }
}
