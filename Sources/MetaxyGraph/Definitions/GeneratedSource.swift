/// How a Swift file begins that `metaxy` wrote from features, and in which therefore none are declared.
package enum GeneratedSource {
  package static let mark = "// Written by `metaxy generate` "

  package static func isMarked(_ bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: mark.utf8) }
}
