import ExampleFeatures
import Foundation
import Metaxy
import MetaxyStore

extension RawVideo {
  var frameHash: String { path }
  var audioHash: String { path }
}

struct Container: Decodable, Sendable { var container: String }

enum Ordered {
  // block: @Feature("video"
}

func opening() async throws {
  // block: import Metaxy
}

func writing(store: MetadataStore, videos: [RawVideo], crops: [VideoCrop]) async throws {
  // block: try await store.write(videos) {
  // block: try await store.write(videos, .unlessUnchanged)
}

func reading(store: MetadataStore, seconds: Double) async throws {
  // block: let long
  // block: let one
  // block: for try await row
  // block: let start
  // block: let crops
  // block: let english
  // block: let pairs
  // block: let texts
  // block: let perMinute
}

func updating(store: MetadataStore, videos: [RawVideo]) async throws {
  // block: for try await sample
  // block: let update
  // block: try await store.read(RawVideo.self)
}

func changing(store: MetadataStore, videos: [RawVideo], crops: [VideoCrop]) async throws {
  // block: let archive
  // block: try await store.rebase
  // block: try await store.transaction
  // block: for feature in
  // block: try await store.write(videos, materializationID
}

func files(store: MetadataStore, archive: MetadataStore) async throws {
  // block: let count
}

func testing() async throws {
  // block: let store = try await MetadataStore.inMemory
}
