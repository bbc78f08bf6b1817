internal import MetaxyHashing

/// The declarations of files by the contents of the files, from earlier runs.
///
/// Parsing is most of the work of reading features, and most files are those of the last run. What a file declares follows
/// from its bytes alone; where the file is, and which rules its features follow, does not matter.
package struct DeclarationCache: Sendable {
  /// The contents of a file.
  struct Key: Sendable, Hashable {
    private let hash: UInt64
    fileprivate let count: Int

    init(_ bytes: [UInt8]) {
      hash = XXH3.hash(bytes)
      count = bytes.count
    }
  }

  /// The declarations of a file that was read, with what the cache keeps of it.
  struct Entry: Sendable {
    var key: Key
    /// What is new in the cache; nil for what it had already.
    var bytes: [UInt8]?
  }

  private let fingerprint: String
  private let bytes: [UInt8]
  private var places: [Key: Range<Int>] = [:]

  /// What a cache file should hold from now on.
  package struct Update: Sendable {
    package var bytes: [UInt8]
    /// The number of bytes of the files that are kept.
    package var sourceSize: Int
  }

  /// - Parameters:
  ///   - bytes: what ``update(with:)`` returned in an earlier run. Anything else counts as an empty cache.
  ///   - fingerprint: what the declarations depend on besides the contents of files: the program that reads them.
  package init(_ bytes: [UInt8], fingerprint: String) {
    self.fingerprint = fingerprint
    self.bytes = bytes
    guard Self.isIntact(bytes) else { return }
    places = bytes.withUnsafeBytes { all in
      // An empty cache is always right.
      (try? Self.places(in: all, fingerprint)) ?? [:]
    }
  }

  /// Whether it keeps nothing.
  package var isEmpty: Bool { places.isEmpty }

  /// Returns the declarations of a file; nil if they are not kept.
  func declarations(of key: Key, displayPath: String) -> FileDeclarations? {
    guard let place = places[key] else { return nil }
    return bytes.withUnsafeBytes { all in
      var reader = StoredReader(UnsafeRawBufferPointer(rebasing: all[place]), file: displayPath)
      guard let declarations = try? FileDeclarations(from: &reader), reader.isAtEnd else { return nil }
      return declarations
    }
  }

  /// Returns what to keep of declarations; nil for a file with problems, which are reported in every run.
  static func bytes(of declarations: FileDeclarations) -> [UInt8]? {
    guard declarations.diagnostics.isEmpty else { return nil }
    var stored = StoredBytes()
    declarations.write(to: &stored)
    return stored.bytes
  }

  /// Returns a cache of these entries; nil if there is nothing new among them.
  ///
  /// Entries that no file has any more stay while they take no more than the others: files change back, and a project can
  /// have several configurations.
  func update(with entries: [Entry]) -> Update? {
    guard entries.contains(where: { $0.bytes != nil }) else { return nil }
    var kept: [Key: ArraySlice<UInt8>] = [:]
    for entry in entries {
      kept[entry.key] = entry.bytes.map { $0[...] } ?? places[entry.key].map { bytes[$0] }
    }
    var room = kept.values.reduce(0) { $0 + $1.count }
    for (key, place) in places where kept[key] == nil && place.count <= room {
      kept[key] = bytes[place]
      room -= place.count
    }
    let size = kept.keys.reduce(0) { $0 + $1.count }
    return Update(bytes: Self.file(of: kept, fingerprint), sourceSize: size)
  }
}

// The file: a hash of the rest, the fingerprint, the places of the entries, the entries.
extension DeclarationCache {
  private static func file(of entries: [Key: ArraySlice<UInt8>], _ fingerprint: String) -> [UInt8] {
    var body = StoredBytes()
    body.write(fingerprint)
    body.append(number: UInt64(entries.count))
    for (key, bytes) in entries {
      key.write(to: &body)
      body.append(number: UInt64(bytes.count))
    }
    for bytes in entries.values { body.append(contentsOf: bytes) }
    return (0..<8).map { UInt8(truncatingIfNeeded: XXH3.hash(body.bytes) >> (8 * $0)) } + body.bytes
  }

  private static func isIntact(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 8 else { return false }
    let hash = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * $1) }
    return XXH3.hash(Array(bytes[8...])) == hash
  }

  private static func places(
    in all: UnsafeRawBufferPointer, _ fingerprint: String
  ) throws(UnreadableCache) -> [Key: Range<Int>] {
    var reader = StoredReader(UnsafeRawBufferPointer(rebasing: all[8...]), file: "")
    guard try reader.read() as String == fingerprint else { throw UnreadableCache() }
    var sizes: [(key: Key, count: Int)] = []
    for _ in 0..<(try reader.count()) { sizes.append((try Key(from: &reader), try reader.count())) }
    var places: [Key: Range<Int>] = [:]
    places.reserveCapacity(sizes.count)
    var start = all.count - reader.remaining
    for (key, count) in sizes {
      guard count <= all.count - start else { throw UnreadableCache() }
      places[key] = start..<start + count
      start += count
    }
    return places
  }
}

extension DeclarationCache.Key: Stored {
  func write(to bytes: inout StoredBytes) {
    bytes.append(number: hash)
    bytes.append(number: UInt64(count))
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    hash = try reader.number()
    count = Int(truncatingIfNeeded: try reader.number())
  }
}
