import Foundation
import Metaxy

/// The feature whose rows are measured first: it depends on no other feature, and has eight columns.
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

/// A feature whose data versions are computed from those of the clips.
@Feature("clip/thumbnail", idColumns: ["clip_id"], dependencies: [.feature(Clip.self)])
struct Thumbnail: Equatable {
  var clipId: String
  var path: String
}
