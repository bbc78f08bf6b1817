import ExampleFeatures

func overview(crops: [VideoCrop]) async throws {
  // block: import Metaxy
  // block: do {
}
