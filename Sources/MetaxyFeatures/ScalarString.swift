/// A text that equals another when both have the same Unicode scalars, and sorts by them.
///
/// Swift's `String` calls canonically equivalent texts equal (`é` as one scalar and as two), in dictionaries and sets
/// too. To Python, databases and the rules of versions they are different.
package struct ScalarString: Sendable {
  package var text: String

  package init(_ text: String) { self.text = text }
}

extension ScalarString: Hashable {
  package static func == (left: ScalarString, right: ScalarString) -> Bool {
    let (left, right) = (left.text.utf8, right.text.utf8)
    // The counts of native strings are known, and most texts that differ differ in them.
    guard left.count == right.count else { return false }
    return left.withContiguousStorageIfAvailable { left in
      right.withContiguousStorageIfAvailable { right in left.elementsEqual(right) }
    }.flatMap(\.self) ?? left.elementsEqual(right)
  }

  package func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(UInt8(0xFF))  // no byte of UTF-8, so that texts in a row cannot run together
  }
}

extension ScalarString: Comparable {
  /// UTF-8 bytes order as code points do.
  package static func < (left: ScalarString, right: ScalarString) -> Bool {
    var (left, right) = (left.text, right.text)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        var position = 0
        while position < left.count, position < right.count {
          if left[position] != right[position] { return left[position] < right[position] }
          position += 1
        }
        return left.count < right.count
      }
    }
  }
}

extension Sequence where Element == String {
  /// Whether one of the texts has the same scalars as `text`.
  package func containsExactly(_ text: String) -> Bool { contains { $0.utf8.elementsEqual(text.utf8) } }
}
