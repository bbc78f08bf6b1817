/// The first line of a Swift file that `metaxy` generated; such a file declares no features.
package enum GeneratedSource {
  package static let mark = "// Written by `metaxy generate` "

  package static func isMarked(_ bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: mark.utf8) }
}
