/// The clocks of a place, as a file of the tz database holds them.
///
/// It is read here and not by the C library, which knows one time zone for the whole process, out of `TZ`.
/// <https://www.rfc-editor.org/rfc/rfc8536>
package struct TimeZoneFile: Sendable {
  /// When the clocks changed, in seconds since 1970, and to which offset.
  private var changes: [(time: Int, offset: Int)] = []
  /// The offset before the first change.
  private var first = 0
  /// How the clocks change after the last of these; nil if they do not.
  private var rule: TimeZoneRule?

  /// Nil if the bytes are not a time zone file.
  package init?(_ bytes: [UInt8]) {
    var reader = TimeZoneReader(bytes)
    guard let header = reader.header() else { return nil }
    // Since version 2 all of it follows a second time, in numbers of 64 bits.
    guard header.version >= UInt8(ascii: "2") else {
      self.init(&reader, header, width: 4)
      return
    }
    guard reader.skip(header.length(width: 4)), let wide = reader.header() else { return nil }
    self.init(&reader, wide, width: 8)
    guard let footer = reader.footer() else { return nil }
    guard footer.isEmpty || TimeZoneRule(footer) != nil else { return nil }
    rule = TimeZoneRule(footer)
  }

  private init?(_ reader: inout TimeZoneReader, _ header: TimeZoneReader.Header, width: Int) {
    guard let times = reader.numbers(header.times, width: width), let kinds = reader.bytes(header.times),
      let offsets = reader.offsets(header.types), let first = offsets.first,
      kinds.allSatisfy({ Int($0) < offsets.count }), reader.skip(header.rest(width: width))
    else { return nil }
    self.first = first
    changes = zip(times, kinds).map { ($0, offsets[Int($1)]) }
  }

  /// How many seconds the clocks are ahead of UTC at a time, in seconds since 1970.
  package func offset(at time: Int) -> Int {
    guard let last = changes.last else { return rule?.offset(at: time) ?? first }
    if time >= last.time { return rule?.offset(at: time) ?? last.offset }
    return changes.last { $0.time <= time }?.offset ?? first
  }
}

/// Reads the parts of a file of the tz database.
struct TimeZoneReader {
  private var rest: ArraySlice<UInt8>

  /// How many of each part there are. https://www.rfc-editor.org/rfc/rfc8536#section-3.1
  struct Header {
    var version: UInt8
    var times: Int
    var types: Int
    fileprivate var counts: [Int]

    /// How long everything is that follows, where times have so many bytes.
    func length(width: Int) -> Int { times * (width + 1) + types * 6 + rest(width: width) }
    /// How long everything is that follows the types.
    func rest(width: Int) -> Int { counts[5] + counts[2] * (width + 4) + counts[1] + counts[0] }
  }

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func skip(_ count: Int) -> Bool { bytes(count) != nil }

  mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func header() -> Header? {
    guard let magic = bytes(4), magic.elementsEqual("TZif".utf8), let version = bytes(1)?.first, skip(15),
      let counts = numbers(6, width: 4), counts.allSatisfy({ (0...1 << 20).contains($0) })
    else { return nil }
    return Header(version: version, times: counts[3], types: counts[4], counts: counts)
  }

  /// Whole numbers with their signs, the highest byte first.
  mutating func numbers(_ count: Int, width: Int) -> [Int]? {
    guard let bytes = bytes(count * width) else { return nil }
    return stride(from: bytes.startIndex, to: bytes.endIndex, by: width).map { start in
      let isNegative = bytes[start] >= 0x80
      return bytes[start..<start + width].reduce(isNegative ? -1 : 0) { $0 << 8 | Int($1) }
    }
  }

  /// The offsets of the types; whether they are daylight saving time, and how they are called, does not matter.
  mutating func offsets(_ count: Int) -> [Int]? {
    var offsets: [Int] = []
    for _ in 0..<count {
      guard let offset = numbers(1, width: 4)?.first, skip(2) else { return nil }
      offsets.append(offset)
    }
    return offsets
  }

  /// The rule for the time after the last change, between two line ends.
  mutating func footer() -> String? {
    guard rest.first == UInt8(ascii: "\n"), let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\n")) else {
      return nil
    }
    return String(decoding: rest[rest.index(after: rest.startIndex)..<end], as: UTF8.self)
  }
}
