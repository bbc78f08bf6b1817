/// Texts that types with a form of their own accept.
struct TypeTexts {
  /// Ordinary values, which differ from each other.
  let plain: (Int) -> String
  /// Values that conversions and copies often get wrong.
  let others: [String]

  /// Returns the texts of a type; nil for a type without such a form.
  ///
  /// - Parameters:
  ///   - word: the name of the type, without what is in parentheses.
  ///   - numbers: what is in parentheses.
  static func of(_ word: String, _ numbers: [Int]) -> TypeTexts? {
    if word.hasPrefix("interval") { return TypeTexts({ "\($0) days" }, ["1 day 01:30:00"]) }
    return bits(word, numbers) ?? addresses(word) ?? shapes(word) ?? ranges(word) ?? documents(word)
  }

  private init(_ plain: @escaping (Int) -> String, _ others: [String] = []) {
    self.plain = plain
    self.others = others
  }

  private static func bits(_ word: String, _ numbers: [Int]) -> TypeTexts? {
    let length = numbers.first ?? 1
    func padded(_ number: Int) -> String {
      let digits = String(number, radix: 2).suffix(length)
      return String(repeating: "0", count: length - digits.count) + digits
    }
    return switch word {
    case "bit": TypeTexts(padded, [String(repeating: "1", count: length)])
    case "bit varying", "varbit":
      TypeTexts(
        { String(String($0, radix: 2).suffix(numbers.first ?? 64)) },
        ["", String(repeating: "1", count: numbers.first ?? 64)])
    default: nil
    }
  }

  private static func addresses(_ word: String) -> TypeTexts? {
    func hexadecimal(_ number: Int) -> String { (number % 16 == number ? "0" : "") + String(number, radix: 16) }
    return switch word {
    case "inet": TypeTexts({ "10.0.\($0 / 250).\($0 % 250)" }, ["10.1.2.3/8", "2001:db8::1", "0.0.0.0/0"])
    case "cidr": TypeTexts({ "10.\($0 / 250).\($0 % 250).0/24" }, ["10.0.0.0/8", "2001:db8::/32"])
    case "macaddr": TypeTexts { "08:00:2b:01:02:\(hexadecimal($0 % 256))" }
    case "macaddr8": TypeTexts { "08:00:2b:01:02:03:04:\(hexadecimal($0 % 256))" }
    default: nil
    }
  }

  private static func shapes(_ word: String) -> TypeTexts? {
    switch word {
    case "point": TypeTexts({ "(\($0),1)" }, ["(0.1,-1e300)"])
    case "line": TypeTexts { "{1,2,\($0)}" }
    case "lseg": TypeTexts { "[(0,0),(1,\($0))]" }
    case "box": TypeTexts { "(\($0),1),(0,0)" }
    case "path": TypeTexts({ "((0,0),(1,\($0)))" }, ["[(0,0),(1,1)]"])
    case "polygon": TypeTexts { "((0,0),(1,\($0)),(2,0))" }
    case "circle": TypeTexts { "<(0,0),\($0 + 1)>" }
    default: nil
    }
  }

  private static func ranges(_ word: String) -> TypeTexts? {
    let dates = { (number: Int) in "[2026-01-01,2026-02-\(10 + number % 19))" }
    return switch word {
    case "int4range", "int8range", "numrange": TypeTexts({ "[1,\($0 + 2))" }, ["empty", "(,)"])
    case "daterange", "tsrange", "tstzrange": TypeTexts(dates, ["empty", "(,)"])
    case "int4multirange", "int8multirange", "nummultirange": TypeTexts({ "{[1,\($0 + 2))}" }, ["{}"])
    case "datemultirange", "tsmultirange", "tstzmultirange": TypeTexts({ "{\(dates($0))}" }, ["{}"])
    default: nil
    }
  }

  private static func documents(_ word: String) -> TypeTexts? {
    switch word {
    case "tsvector": TypeTexts({ "'w\($0)':1" }, [""])
    case "tsquery": TypeTexts { "'w\($0)'" }
    case "xml": TypeTexts { "<a>\($0)</a>" }
    case "jsonpath": TypeTexts { "$.\"a\(($0))\"" }
    case "pg_lsn": TypeTexts { "16/\(String($0, radix: 16, uppercase: true))" }
    case "oid": TypeTexts({ "\($0)" }, ["4294967295"])
    case "timetz", "time with time zone": TypeTexts({ "12:00:\(10 + $0 % 49)+02" }, ["23:59:59.999999-12"])
    case "hstore": TypeTexts { "\"a\"=>\"\($0)\"" }
    case "ltree": TypeTexts { "a.b\($0)" }
    default: nil
    }
  }
}
