import Foundation
import Metaxy

enum Container: String, Codable, Sendable {
  case mp4 = "mp-4"
  case webm
}

struct Word: Codable, Sendable, Equatable {
  var text: String
  var start: Double
}

/// A column of every type, and each may be NULL.
@Feature("stored/forms", idColumns: ["form_id"], fields: [.field("frames"), .field(["audio", "left"])])
struct StoredForms: Equatable {
  var formId: UUID
  var name: String?
  @Column(type: .varchar(5)) var short: String?
  var link: URL?
  var big: Int?
  var medium: Int32?
  var small: Int16?
  var wide: Double?
  var narrow: Float?
  var truth: Bool?
  var moment: Date?
  @Column(type: .date) var day: Date?
  @Column(type: .numeric(12, 3)) var amount: Decimal?
  var batch: UUID?
  var content: Data?
  var length: Duration?
  var container: Container?
  @Column(type: .json) var words: [Word]?
  @Column(type: .jsonb) var counts: [String: Int]?
}
