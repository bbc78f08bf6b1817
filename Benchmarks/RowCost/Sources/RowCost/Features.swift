import Foundation
import Metaxy

/// The feature whose rows are measured: it depends on no other feature, and has eight columns.
@Feature("clip", idColumns: ["clip_id"], fields: [.field("frames")])
struct Clip: Equatable {
  var clipId: String
  var path: String
  var width: Int
  var height: Int
  var seconds: Double
  var recordedAt: Date
  var hasAudio: Bool
  var batch: UUID
}
