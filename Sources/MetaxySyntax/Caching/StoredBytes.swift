import MetaxyErrors

/// A value that a cache file holds.
protocol Stored {
  func write(to bytes: inout StoredBytes)
  /// Reads what ``write(to:)`` has written.
  init(from reader: inout StoredReader) throws(UnreadableCache)
}

/// The bytes of a cache file do not hold what they should.
struct UnreadableCache: Error {}

/// Collects values as bytes. Numbers have seven bits a byte, texts and lists their count before them.
struct StoredBytes {
  private(set) var bytes: [UInt8] = []

  mutating func write<each Value: Stored>(_ value: repeat each Value) {
    repeat (each value).write(to: &self)
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(contentsOf other: some Sequence<UInt8>) { bytes.append(contentsOf: other) }

  mutating func append(number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Reads values from bytes, which may be damaged.
struct StoredReader {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0
  /// The file of all locations. It is not stored: a file may move without a change.
  let file: String

  init(_ bytes: UnsafeRawBufferPointer, file: String) {
    self.bytes = bytes
    self.file = file
  }

  var remaining: Int { bytes.count - offset }
  var isAtEnd: Bool { remaining == 0 }

  mutating func read<Value: Stored>() throws(UnreadableCache) -> Value { try Value(from: &self) }

  mutating func byte() throws(UnreadableCache) -> UInt8 {
    guard offset < bytes.count else { throw UnreadableCache() }
    defer { offset += 1 }
    return bytes[offset]
  }

  mutating func number() throws(UnreadableCache) -> UInt64 {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let byte = try byte()
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
    }
    throw UnreadableCache()
  }

  /// Returns a count of bytes, or of elements that take at least one byte each, which cannot be more than the rest.
  mutating func count() throws(UnreadableCache) -> Int {
    let number = try number()
    guard number <= UInt64(remaining) else { throw UnreadableCache() }
    return Int(number)
  }

  mutating func slice(_ count: Int) throws(UnreadableCache) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else { throw UnreadableCache() }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }
}

extension String: Stored {
  func write(to bytes: inout StoredBytes) {
    bytes.append(number: UInt64(utf8.count))
    bytes.append(contentsOf: utf8)
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(decoding: try reader.slice(reader.count()), as: UTF8.self)
  }
}

extension Bool: Stored {
  func write(to bytes: inout StoredBytes) { bytes.append(self ? 1 : 0) }

  init(from reader: inout StoredReader) throws(UnreadableCache) { self = try reader.byte() != 0 }
}

extension Int: Stored {
  func write(to bytes: inout StoredBytes) { bytes.append(number: UInt64(bitPattern: Int64(self))) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(truncatingIfNeeded: Int64(bitPattern: try reader.number()))
  }
}

extension Optional: Stored where Wrapped: Stored {
  func write(to bytes: inout StoredBytes) {
    bytes.append(self == nil ? 0 : 1)
    self?.write(to: &bytes)
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self = try reader.byte() == 0 ? nil : Wrapped(from: &reader)
  }
}

extension Array: Stored where Element: Stored {
  func write(to bytes: inout StoredBytes) {
    bytes.append(number: UInt64(count))
    for element in self { element.write(to: &bytes) }
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    let count = try reader.count()
    self.init()
    reserveCapacity(count)
    for _ in 0..<count { append(try Element(from: &reader)) }
  }
}

extension SourceLocation: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(line, column) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(file: reader.file, line: try reader.read(), column: try reader.read())
  }
}

extension Located: Stored where Value: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(value, location) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(try reader.read(), at: try reader.read())
  }
}

/// An enumeration that is stored by its raw value.
protocol StoredByRawValue: Stored, RawRepresentable where RawValue: Stored {}

extension StoredByRawValue {
  func write(to bytes: inout StoredBytes) { rawValue.write(to: &bytes) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    guard let value = Self(rawValue: try reader.read()) else { throw UnreadableCache() }
    self = value
  }
}
