import ExampleFeatures
import MetaxyStore

// block: import Foundation

extension Video {
  enum Columns {
    static let height = FeatureColumn(\Video.height, "height")
  }
}

func hash(of path: String) -> String { path }

func rows(of videos: [Video]) async throws {
  // block: let store
}
