import MetaxyFeatures

extension ColumnType: Stored {
  /// The types without parameters, by their number in a cache file.
  private static let plain: [ColumnType] = [
    .bigint, .integer, .smallint, .double, .real, .boolean, .timestamp, .date, .time, .uuid, .binary, .interval, .json,
    .jsonb,
  ]

  func write(to bytes: inout StoredBytes) {
    switch self {
    case .string(let length): bytes.write(100, length)
    case .numeric(let precision, let scale): bytes.write(101, precision, scale)
    case .raw(let expression): bytes.write(102, expression)
    case .bigint: bytes.write(0)
    case .integer: bytes.write(1)
    case .smallint: bytes.write(2)
    case .double: bytes.write(3)
    case .real: bytes.write(4)
    case .boolean: bytes.write(5)
    case .timestamp: bytes.write(6)
    case .date: bytes.write(7)
    case .time: bytes.write(8)
    case .uuid: bytes.write(9)
    case .binary: bytes.write(10)
    case .interval: bytes.write(11)
    case .json: bytes.write(12)
    case .jsonb: bytes.write(13)
    }
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    let number = Int(try reader.byte())
    switch number {
    case 100: self = .string(length: try reader.read())
    case 101: self = .numeric(precision: try reader.read(), scale: try reader.read())
    case 102: self = .raw(try reader.read() as SQLExpression)
    case Self.plain.indices: self = Self.plain[number]
    default: throw UnreadableCache()
    }
  }
}
