import Testing

extension Trait where Self == ParallelizationTrait {
  /// A test that waits holds its connections, and all tests of the store wait: at once they would take more than a server has.
  static var oneAfterAnother: Self { .serialized }
}
