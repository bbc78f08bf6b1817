/// Where the sources of the tests are.
package enum Repository {
  /// The directory that holds `Package.swift`.
  package static let root = "/" + "\(#filePath)".split(separator: "/").dropLast(4).joined(separator: "/")
  /// The directory of what tests read: scenarios, programs of other authors, golden values.
  package static let fixtures = "\(root)/Tests/Fixtures"
}
