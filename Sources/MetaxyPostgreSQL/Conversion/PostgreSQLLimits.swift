/// The conditions for values beyond the limits of a type: its range, its digits, its length.
struct PostgreSQLLimits {
  private let type: PostgreSQLTypeShape

  init(_ type: PostgreSQLTypeShape) { self.type = type }

  /// - Parameter old: the type of the text; nil for an expression.
  func length(of text: String, from old: PostgreSQLTypeShape?) -> String? {
    guard let length = type.modifiers.first, type.name == "character varying" || type.name == "character" else {
      return nil
    }
    if let old, let former = old.modifiers.first, former <= length { return nil }
    return "char_length(\(text)) > \(length)"
  }

  /// The condition for numbers outside the range of an integer type. NaN is greater than all others.
  func range(of number: String) -> String? {
    type.range.map { "\(number) NOT BETWEEN \($0.lowerBound) AND \($0.upperBound)" }
  }

  /// The condition for floating-point numbers that round to no integer of the type. The greatest BIGINT is not a
  /// double; the bound is the next smaller one.
  func range(ofDouble number: String) -> String? {
    guard type.name != "bigint" else {
      return "\(number) NOT BETWEEN -9223372036854775808::double precision AND 9223372036854774784::double precision"
    }
    return range(of: "round((\(number))::double precision)")
  }

  /// The condition for numbers with too many digits before the point.
  ///
  /// - Parameter old: the type of the number; nil if it is not known.
  func overflow(of number: String, from old: PostgreSQLTypeShape?) -> String? {
    guard type.kind == .exact, let precision = type.modifiers.first else { return nil }
    let whole = precision - (type.modifiers.dropFirst().first ?? 0)
    if let old, old.kind == .exact, old.modifiers.count == 2,
      // A number that is rounded can get one more digit.
      old.modifiers[0] - old.modifiers[1] + (holdsDigits(of: old) ? 0 : 1) <= whole
    {
      return nil
    }
    if let range = old?.range, String(range.upperBound).count <= whole { return nil }
    let scale = type.modifiers.dropFirst().first ?? 0
    return "\(number)::text <> 'NaN' AND abs(round(\(number), \(scale))) >= 1e\(whole)"
  }

  /// Whether the type has as many digits after the point as another one.
  func holdsDigits(of old: PostgreSQLTypeShape) -> Bool {
    guard type.modifiers.count == 2 else { return type.modifiers.isEmpty }
    return old.modifiers.count == 2 && old.modifiers[1] <= type.modifiers[1]
  }

  /// The condition for decimal numbers that no floating-point number is near to: PostgreSQL refuses them.
  func overflow(ofExact number: String) -> String? {
    "\(number)::text NOT IN ('NaN', 'Infinity', '-Infinity') AND (abs(\(number)) > \(greatest)"
      + " OR \(number) <> 0 AND abs(\(number)) < \(smallest))"
  }

  /// The condition for doubles that the smaller type has no number for.
  func overflow(ofDouble number: String) -> String? {
    "\(number)::text NOT IN ('NaN', 'Infinity', '-Infinity') AND (abs(\(number)) > 3.4028235e38"
      + " OR \(number) <> 0 AND abs(\(number)) < 1e-45)"
  }

  private var greatest: String { type.name == "real" ? "3.4028235e38" : "1.7976931348623157e308" }
  private var smallest: String { type.name == "real" ? "1e-45" : "5e-324" }

  func bits(_ value: String, from old: PostgreSQLTypeShape?) -> String? {
    guard let length = type.modifiers.first else { return nil }
    // A `bit` without a length has one.
    let former = old?.modifiers.first ?? (old?.name == "bit" ? 1 : nil)
    if type.name == "bit varying", let former, former <= length { return nil }
    return "length(\(value)) \(type.name == "bit" ? "<>" : ">") \(length)"
  }

  /// The condition for bytes that are not a text: the well-formed sequences of UTF-8, without NUL, as hexadecimal digits.
  /// https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G27506
  func invalidUTF8(_ bytes: String) -> String {
    let tail = "[89ab][0-9a-f]"
    let sequences = [
      "0[1-9a-f]|[1-7][0-9a-f]", "(c[2-9a-f]|d[0-9a-f])\(tail)", "e0[ab][0-9a-f]\(tail)",
      "e[1-9a-cef]\(tail)\(tail)", "ed[89][0-9a-f]\(tail)", "f0[9ab][0-9a-f]\(tail)\(tail)",
      "f[1-3]\(tail)\(tail)\(tail)", "f48[0-9a-f]\(tail)\(tail)",
    ]
    return "encode(\(bytes), 'hex') !~ '^(\(sequences.joined(separator: "|")))*$'"
  }
}
