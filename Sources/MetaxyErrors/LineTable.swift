/// Where the lines of a text begin; turns offsets into lines and columns, both from 1, columns in bytes.
package struct LineTable: Sendable {
  private let starts: [Int]

  /// Lines end with LF, CR LF or CR.
  package init(_ bytes: some Collection<UInt8>) {
    // Other modules call this with collections that only their code knows; a loop over a buffer is compiled here.
    starts =
      bytes.withContiguousStorageIfAvailable(Self.starts) ?? Array(bytes).withUnsafeBufferPointer(Self.starts)
  }

  private static func starts(of bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    var starts = [0]
    var previous: UInt8 = 0
    for (position, byte) in bytes.enumerated() {
      let next = position + 1
      if byte == UInt8(ascii: "\n"), previous == UInt8(ascii: "\r") {
        starts[starts.count - 1] = next
      } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        starts.append(next)
      }
      previous = byte
    }
    return starts
  }

  /// The line and the column of an offset.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return (low + 1, offset - starts[low] + 1)
  }

  /// The place of an offset in the file whose lines these are.
  package func location(of offset: Int, in file: String) -> SourceLocation {
    let (line, column) = position(of: offset)
    return SourceLocation(file: file, line: line, column: column)
  }

  /// The lines of `bytes`, without their ends.
  package func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    zip(starts, starts.dropFirst() + [bytes.count]).map { start, end in
      var line = bytes[start..<end]
      while let last = line.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { line.removeLast() }
      return line
    }
  }
}
