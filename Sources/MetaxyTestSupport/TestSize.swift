internal import MetaxyEssentials

/// How much a test that can be of any size does: little in the inner loop, much in `make test-long`, which sets
/// `METAXY_TEST_LONG`.
package enum TestSize {
  package static let isLong = ProcessInfo.processInfo.environment["METAXY_TEST_LONG"] != nil

  package static func count(_ usual: Int, long: Int) -> Int { isLong ? long : usual }
}
