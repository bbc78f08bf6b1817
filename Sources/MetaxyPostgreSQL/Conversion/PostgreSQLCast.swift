internal import MetaxyNames
internal import MetaxySQL

/// One direction of a conversion between two types: an expression, and the condition under which it fails.
///
/// Expressions have no subqueries, which `USING` does not allow; conditions may.
struct PostgreSQLCast {
  /// Whether PostgreSQL converts the values without `USING`, as an assignment.
  let isAssignment: Bool
  /// Whether every value comes back unchanged, unless the cast fails.
  let isExact: Bool
  /// Whether it is known which values fail.
  let isChecked: Bool
  private let convert: (String) -> String
  private let fails: (String) -> String?

  private init(
    isAssignment: Bool = false, isExact: Bool = false, isChecked: Bool = true,
    fails: @escaping (String) -> String? = { _ in nil }, _ convert: @escaping (String) -> String
  ) {
    self.isAssignment = isAssignment
    self.isExact = isExact
    self.isChecked = isChecked
    self.convert = convert
    self.fails = fails
  }

  func expression(_ value: String) -> String { convert(value) }

  /// Returns the condition for values that the cast refuses; nil if there are none.
  func invalid(_ value: String) -> String? { fails(value) }

  /// - Parameter values: the values of the new type if it is an enum type.
  init(from old: PostgreSQLTypeShape, to new: PostgreSQLTypeShape, values: [String]?) {
    switch (old.isArray, new.isArray) {
    case (false, false): self = Self.cast(old, new, values)
    case (true, true): self = Self.betweenArrays(old, new, values)
    case (true, false): self = Self.fromArray(old, new, values)
    case (false, true): self = Self.toArray(old, new, values)
    }
  }

  // MARK: Single values

  private static func cast(_ old: PostgreSQLTypeShape, _ new: PostgreSQLTypeShape, _ values: [String]?) -> Self {
    let plain = "::\(new.text)"
    let limits = PostgreSQLLimits(new)
    // Also the types of extensions with other modifiers.
    if old.text == new.text || (old.kind == .other && old.name == new.name) {
      return Self(isAssignment: true, isExact: true) { $0 + plain }
    }
    switch (old.kind, new.kind) {
    case (.text, .text):
      let isPadded = new.name == "character" || old.name == "character"
      return Self(isAssignment: true, isExact: !isPadded, fails: { limits.length(of: $0, from: old) }) { $0 + plain }
    case (.text, _): return fromText(new, values)
    case (.binary, .text):
      return Self(
        isExact: new.name != "character",
        fails: { value in or(limits.invalidUTF8(value), limits.length(of: "convert_from(\(value), 'UTF8')", from: nil))
        }
      ) { "convert_from(\($0), 'UTF8')" }
    case (.uuid, .binary): return Self(isExact: true) { "uuid_send(\($0))" }
    case (.binary, .uuid):
      return Self(fails: { "length(\($0)) <> 16" }) { "encode(\($0), 'hex')::uuid" }
    case (_, .text) where old.kind != .binary:
      var exact: [PostgreSQLTypeShape.Kind] = [.integer, .boolean, .uuid, .json, .bits, .floating]
      // A number without limits can have more digits than a text is read for.
      if !old.modifiers.isEmpty { exact.append(.exact) }
      return Self(
        isAssignment: true, isExact: exact.contains(old.kind) && new.name != "character",
        fails: { limits.length(of: "\($0)::text", from: nil) }
      ) { "\($0)::text" + (new.text == "text" ? "" : plain) }
    case (.integer, .integer):
      return Self(isAssignment: true, isExact: true, fails: { old.isWider(than: new) ? limits.range(of: $0) : nil }) {
        $0 + plain
      }
    case (.integer, .exact):
      let isExact = (new.modifiers.dropFirst().first ?? 0) >= 0
      return Self(isAssignment: true, isExact: isExact, fails: { limits.overflow(of: $0, from: old) }) { $0 + plain }
    case (.exact, .exact):
      return Self(
        isAssignment: true, isExact: limits.holdsDigits(of: old), fails: { limits.overflow(of: $0, from: old) }
      ) { $0 + plain }
    case (.integer, .floating):
      let isExact = old.name == "smallint" || (old.name == "integer" && new.name == "double precision")
      return Self(isAssignment: true, isExact: isExact) { $0 + plain }
    case (.exact, .integer): return Self(isAssignment: true, fails: { limits.range(of: "round(\($0))") }) { $0 + plain }
    case (.floating, .integer):
      return Self(isAssignment: true, fails: { limits.range(ofDouble: $0) }) { $0 + plain }
    case (.exact, .floating): return Self(isAssignment: true, fails: { limits.overflow(ofExact: $0) }) { $0 + plain }
    case (.floating, .floating):
      let widens = old.name == new.name || new.name == "double precision"
      return Self(isAssignment: true, isExact: widens, fails: { widens ? nil : limits.overflow(ofDouble: $0) }) {
        $0 + plain
      }
    case (.floating, .exact):
      // A direct cast keeps only 15 digits of a double. https://www.postgresql.org/docs/current/datatype-numeric.html
      return Self(fails: {
        or("\($0)::text IN ('Infinity', '-Infinity')", limits.overflow(of: "\($0)::text::numeric", from: nil))
      }) {
        "\($0)::text::\(new.text)"
      }
    case (.boolean, .boolean), (.uuid, .uuid), (.binary, .binary):
      return Self(isAssignment: true, isExact: true) { $0 + plain }
    case (.boolean, .integer), (.boolean, .exact), (.boolean, .floating):
      return Self(isExact: true, fails: { limits.overflow(of: "\($0)::integer", from: nil) }) {
        new.text == "integer" ? "\($0)::integer" : "\($0)::integer::\(new.text)"
      }
    case (.integer, .boolean), (.exact, .boolean), (.floating, .boolean): return Self { "\($0) <> 0" }
    case (.json, .json):
      return Self(
        isAssignment: true, isExact: old.name == new.name || new.name == "json",
        fails: { new.name == "jsonb" && old.name == "json" ? PostgreSQLTextForm.notBinaryJSON("\($0)::text") : nil }
      ) { $0 + plain }
    default: return named(old, new) ?? ofTimesAndBits(old, new, values)
    }
  }

  /// Returns the conversions of types that the server converts by their names, without a way through text.
  private static func named(_ old: PostgreSQLTypeShape, _ new: PostgreSQLTypeShape) -> Self? {
    let plain = "::\(new.text)"
    let limits = PostgreSQLLimits(new)
    switch (old.name, new.name) {
    case ("numeric", "money"):
      // https://www.postgresql.org/docs/current/datatype-money.html
      return Self(
        isAssignment: true, fails: { "\($0)::text = 'NaN' OR abs(round(\($0), 2)) > 92233720368547758.07" }
      ) { $0 + plain }
    case ("money", "numeric"):
      return Self(isAssignment: true, fails: { limits.overflow(of: "\($0)::numeric", from: nil) }) { $0 + plain }
    case ("macaddr", "macaddr8"): return Self(isAssignment: true, isExact: true) { $0 + plain }
    case ("macaddr8", "macaddr"):
      return Self(isAssignment: true, isExact: true, fails: { "\($0)::text NOT LIKE '__:__:__:ff:fe:__:__:__'" }) {
        $0 + plain
      }
    case ("inet", "cidr"): return Self(isAssignment: true) { $0 + plain }
    case ("cidr", "inet"): return Self(isAssignment: true, isExact: true) { $0 + plain }
    default: return nil
    }
  }

  private static func ofTimesAndBits(
    _ old: PostgreSQLTypeShape, _ new: PostgreSQLTypeShape, _ values: [String]?
  ) -> Self {
    let plain = "::\(new.text)"
    let keepsFraction = (new.modifiers.first ?? 6) >= (old.modifiers.first ?? 6)
    switch (old.kind, new.kind) {
    case (.bits, .bits):
      return Self(isAssignment: true, isExact: true, fails: { PostgreSQLLimits(new).bits($0, from: old) }) {
        $0 + plain
      }
    case (.bits, .integer):
      let width = new.name == "bigint" ? 63 : new.name == "integer" ? 31 : 15
      return Self(fails: { "length(ltrim(\($0)::text, '0')) > \(width)" }) {
        "lpad(\($0)::text, 64, '0')::bit(64)::bigint::\(new.text)"
      }
    case (.integer, .bits):
      let digits = { (value: String) in "ltrim(\(value)::bigint::bit(64)::text, '0')" }
      let fails = { (value: String) in
        or("\(value) < 0", new.modifiers.first.map { "length(\(digits(value))) > \($0)" }) ?? "false"
      }
      guard new.name == "bit" else {
        return Self(fails: fails) { "(CASE WHEN \($0) = 0 THEN '0' ELSE \(digits($0)) END)\(plain)" }
      }
      return Self(fails: fails) { "right(\($0)::bigint::bit(64)::text, \(new.modifiers.first ?? 1))\(plain)" }
    case (.interval, .interval):
      return Self(isAssignment: true, isExact: old.text == new.text) { $0 + plain }
    case (.day, .day): return Self(isAssignment: true, isExact: true) { $0 + plain }
    case (.clock, .clock), (.zonedClock, .zonedClock), (.local, .local), (.moment, .moment):
      return Self(isAssignment: true, isExact: keepsFraction) { $0 + plain }
    case (.day, .local):
      return Self(isAssignment: true, isExact: true, fails: { "isfinite(\($0)) AND \($0) > DATE '294276-12-31'" }) {
        $0 + plain
      }
    case (.day, .moment):
      return Self(isExact: true, fails: { "isfinite(\($0)) AND \($0) > DATE '294276-12-31'" }) {
        "\($0)::timestamp AT TIME ZONE 'UTC'"
      }
    case (.local, .day), (.local, .clock): return Self(isAssignment: true) { $0 + plain }
    // Without a zone in the expression, the conversion depends on the session's time zone.
    case (.moment, .local): return Self(isExact: keepsFraction) { "\($0) AT TIME ZONE 'UTC'" }
    case (.local, .moment): return Self(isExact: keepsFraction) { "\($0) AT TIME ZONE 'UTC'" }
    case (.moment, .day), (.moment, .clock): return Self { "(\($0) AT TIME ZONE 'UTC')\(plain)" }
    case (.moment, .zonedClock): return Self { "(\($0) AT TIME ZONE 'UTC')::time\(plain)" }
    case (.clock, .zonedClock): return Self(isExact: keepsFraction) { "(\($0)::text || '+00')\(plain)" }
    case (.zonedClock, .clock): return Self(isAssignment: true) { $0 + plain }
    case (.clock, .interval):
      return Self(isExact: new.text == "interval") { $0 + plain }
    default: return throughText(old, new, values)
    }
  }

  // MARK: Texts

  private static func fromText(_ new: PostgreSQLTypeShape, _ values: [String]?) -> Self {
    if let values {
      let list = values.map(SQLText.literal).joined(separator: ", ")
      return Self(
        isExact: true, fails: { values.isEmpty ? "\($0) IS NOT NULL" : "\($0)::text NOT IN (\(list))" }
      ) { "\($0)::\(new.text)" }
    }
    switch new.kind {
    case .binary: return Self(isExact: true) { "convert_to(\($0), 'UTF8')" }
    case .other: return Self(isChecked: false) { "\($0)::\(new.text)" }
    case .moment:
      return Self(fails: { PostgreSQLTextForm.misfit($0, new) }) { value in
        // A text without a zone is in UTC.
        "(\(value) || CASE WHEN \(PostgreSQLTextForm.hasZone(value)) THEN '' ELSE '+00' END)::\(new.text)"
      }
    default:
      return Self(isExact: new.name == "json", fails: { PostgreSQLTextForm.misfit($0, new) }) {
        "\($0)::\(new.text)"
      }
    }
  }

  /// Returns the conversion to text and from it, which fails for values whose text the new type does not have.
  private static func throughText(
    _ old: PostgreSQLTypeShape, _ new: PostgreSQLTypeShape, _ values: [String]?
  ) -> Self {
    let text = { (value: String) in old.kind == .binary ? "convert_from(\(value), 'UTF8')" : "\(value)::text" }
    let second = fromText(new, values)
    return Self(
      isExact: false, isChecked: second.isChecked,
      fails: { value in
        let first = old.kind == .binary ? PostgreSQLLimits(new).invalidUTF8(value) : nil
        return or(first, second.invalid(text(value)))
      }
    ) { second.expression(text($0)) }
  }

  // MARK: Arrays

  private static func betweenArrays(
    _ old: PostgreSQLTypeShape, _ new: PostgreSQLTypeShape, _ values: [String]?
  ) -> Self {
    if old.text == new.text { return Self(isAssignment: true, isExact: true) { $0 } }
    // The syntax of binary values in texts is not their text.
    guard old.kind != .binary, new.kind != .binary else {
      return Self(fails: { "\($0) IS NOT NULL" }) { "\($0)::text[]::\(new.text)" }
    }
    let numbers: Set<PostgreSQLTypeShape.Kind> = [.integer, .exact, .floating]
    if numbers.isSuperset(of: [old.kind, new.kind]) {
      // The text of a number is exact, so that every element comes back if it does by itself.
      let element = cast(old.element, new.element, nil)
      if element.isExact, element.invalid("\"e\"") == nil {
        return Self(isAssignment: true, isExact: true) { "\($0)::\(new.text)" }
      }
    }
    let element = fromText(new.element, values)
    let isText = new.kind == .text
    return Self(
      isAssignment: old.kind == .text && isText, isExact: isText && old.kind == .text && new.name != "character",
      isChecked: isText || element.isChecked,
      fails: { value in
        let invalid =
          isText
          ? PostgreSQLLimits(new.element).length(of: "\"e\"", from: nil) : element.invalid("\"e\"")
        return invalid.map { "EXISTS (SELECT FROM unnest(\(value)::text[]) AS \"e\" WHERE \($0))" }
      }
    ) { "\($0)::text[]::\(new.text)" }
  }

  private static func fromArray(
    _ old: PostgreSQLTypeShape, _ new: PostgreSQLTypeShape, _ values: [String]?
  ) -> Self {
    let limits = PostgreSQLLimits(new)
    switch new.kind {
    case .text:
      return Self(isAssignment: true, fails: { limits.length(of: "\($0)::text", from: nil) }) { "\($0)::text" }
    case .json: return Self { new.name == "json" ? "to_json(\($0))" : "to_jsonb(\($0))" }
    default:
      let element = cast(old.element, new, values)
      return Self(isChecked: element.isChecked, fails: { element.invalid("\($0)[1]") }) {
        element.expression("\($0)[1]")
      }
    }
  }

  private static func toArray(
    _ old: PostgreSQLTypeShape, _ new: PostgreSQLTypeShape, _ values: [String]?
  ) -> Self {
    switch old.kind {
    case .text, .json:
      guard new.kind != .binary else { return Self(fails: { "\($0) IS NOT NULL" }) { "\($0)::\(new.text)" } }
      let isJSON = old.kind == .json
      let list = { (value: String) in isJSON ? "translate(\(value)::text, '[]', '{}')" : value }
      let element = fromText(new.element, values)
      return Self(
        isChecked: new.kind == .text || element.isChecked,
        fails: { value in
          let form = isJSON ? PostgreSQLTextForm.notJSONList("\(value)::text") : PostgreSQLTextForm.notList(value)
          let invalid =
            new.kind == .text ? PostgreSQLLimits(new.element).length(of: "\"e\"", from: nil) : element.invalid("\"e\"")
          let rows = invalid.map { "EXISTS (SELECT FROM unnest(\(list(value))::text[]) AS \"e\" WHERE \($0))" }
          return or(form, rows)
        }
      ) { "\(list($0))::\(new.text)" }
    default:
      let element = cast(old, new.element, values)
      return Self(isChecked: element.isChecked, fails: element.invalid) { value in
        "CASE WHEN \(value) IS NOT NULL THEN ARRAY[\(element.expression(value))]::\(new.text) END"
      }
    }
  }

  /// Returns the condition under which the first or the second holds; the second is not evaluated where the first does.
  static func or(_ first: String?, _ second: String?) -> String? {
    guard let first, let second else { return first ?? second }
    return "CASE WHEN \(first) THEN true ELSE \(second) END"
  }
}
