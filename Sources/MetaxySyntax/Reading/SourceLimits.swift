/// What a file may hold at most, found without parsing it: the parser needs stack for each level of nesting, twice the time
/// for each level of brackets, and its tree is as deep as what it read.
///
/// The bytes are read once. Text in strings and comments does not count.
struct SourceLimits {
  /// A construct that is too deep or too long, and where it is.
  struct Problem {
    var message: String
    var offset: Int
  }

  static let size = 32 << 20
  static let brackets = 16
  static let nesting = 200
  static let conditions = 100
  static let marks = 16
  static let words = 16
  static let digits = 1000

  /// A bracket that is open, with how many `else` follow each other behind it.
  struct Level {
    var bracket: UInt8
    var alternatives = 0
  }

  /// A string literal around an interpolation that is open, and the number of levels outside it.
  struct OpenString {
    var hashes: Int
    var quotes: Int
    var level: Int
  }

  let bytes: [UInt8]
  var offset = 0
  /// The file, and the brackets that are open.
  var levels = [Level(bracket: 0)]
  var strings: [OpenString] = []
  var squareBrackets = 0
  var angles = 0
  var spacedAngles = 0
  var arrows = 0
  var conditions = 0
  /// How many words of ``prefixes`` precede the offset with nothing between them.
  var prefixWords = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Returns the first construct of a source that is too deep or too long.
  static func problem(in bytes: [UInt8]) -> Problem? {
    guard bytes.count <= size else {
      return Problem(
        message: "the file has \(bytes.count) bytes, more than the \(size) that metaxy reads of one", offset: 0)
    }
    var scan = SourceLimits(bytes)
    return scan.firstProblem()
  }

  private mutating func firstProblem() -> Problem? {
    while offset < bytes.count {
      let start = offset
      let byte = bytes[offset]
      if !Self.isWord(byte), !Self.isSpace(byte), byte != UInt8(ascii: "/") { prefixWords = 0 }
      if let problem = read(byte) { return problem }
      if offset == start { offset += 1 }
    }
    return nil
  }

  private mutating func read(_ byte: UInt8) -> Problem? {
    switch byte {
    case UInt8(ascii: "/") where next == UInt8(ascii: "/"): skipLine()
    case UInt8(ascii: "/") where next == UInt8(ascii: "*"): skipComment()
    case UInt8(ascii: "\""): return skipString(hashes: 0)
    case UInt8(ascii: "#"): return readHash()
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): return readOpening(byte)
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): return readClosing(byte)
    case UInt8(ascii: "<"): return readAngle()
    case UInt8(ascii: ">"): if angles > 0 { angles -= 1 }
    case UInt8(ascii: "-") where next == UInt8(ascii: ">"): return readArrow()
    case UInt8(ascii: ","): arrows = 0
    case UInt8(ascii: ";"): (angles, arrows) = (0, 0)
    case UInt8(ascii: "\n"): spacedAngles = 0
    case UInt8(ascii: "?"), UInt8(ascii: "!"): return readMarks()
    case _ where Self.isWord(byte): return readWord()
    default: break
    }
    return nil
  }

  var next: UInt8? { offset + 1 < bytes.count ? bytes[offset + 1] : nil }

  func tooDeep(_ what: String, _ limit: Int) -> Problem {
    Problem(message: "\(what) are nested more than \(limit) deep, which metaxy does not read", offset: offset)
  }

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
