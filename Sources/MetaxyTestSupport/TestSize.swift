internal import MetaxyEssentials

/// The size of tests that can have any size: small by default, large in `make test-long`, which sets `METAXY_TEST_LONG`.
package enum TestSize {
  package static let isLong = ProcessInfo.processInfo.environment["METAXY_TEST_LONG"] != nil

  package static func count(_ usual: Int, long: Int) -> Int { isLong ? long : usual }
}
