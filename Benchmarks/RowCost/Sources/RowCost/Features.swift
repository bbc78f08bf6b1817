import Foundation
import Metaxy

/// What the rows of the measurement are of: a feature that is computed from no other, with eight columns of its own.
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
