extension String {
  /// The name as case-insensitive engines compare it: only A to Z are converted to lower case, so `É` and `é` are different
  /// names. https://sqlite.org/c3ref/stricmp.html
  package var folded: String {
    var name = self
    guard name.withUTF8({ $0.contains(where: Self.isCapital) }) else { return self }
    return String(decoding: utf8.map { Self.isCapital($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
}
