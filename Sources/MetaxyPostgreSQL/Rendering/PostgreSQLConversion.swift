internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// The conversion of a column's values to another type.
///
/// `ALTER COLUMN … TYPE` without `USING` converts like an assignment and refuses values that do not fit. `USING` makes
/// an explicit cast, which silently truncates texts and bit strings that are too long; so it is only written between
/// types of different kinds. https://www.postgresql.org/docs/current/typeconv-query.html
struct PostgreSQLConversion {
  /// The quoted name of the column.
  private let column: String
  private let old: PostgreSQLTypeShape
  private let new: PostgreSQLTypeShape
  /// The values of the new type if it is an enum type.
  private let values: [String]?

  init(of column: String, from old: ColumnType, to new: ColumnType, values: [String]?) {
    self.column = column
    self.old = PostgreSQLTypeShape(old)
    self.new = PostgreSQLTypeShape(new)
    self.values = values
  }

  /// Whether a default of the old type is valid for the new type without change.
  var keepsDefault: Bool { old.name == new.name && old.isArray == new.isArray }

  /// The expression after `USING`; nil if an assignment converts the values.
  var using: String? {
    guard old.isArray == new.isArray else { return usingBetweenArrayAndElement }
    guard !isAssignable else { return nil }
    let new = self.new.text
    switch (old.kind, self.new.kind) {
    case _ where old.isArray: return "\(column)::text[]::\(new)"
    case (.boolean, .integer), (.boolean, .exact), (.boolean, .floating):
      return new == "integer" ? "\(column)::integer" : "\(column)::integer::\(new)"
    case (.integer, .boolean), (.exact, .boolean), (.floating, .boolean): return "\(column) <> 0"
    case (.text, .binary): return "convert_to(\(column), 'UTF8')"
    case (.binary, .text): return "convert_from(\(column), 'UTF8')"
    // Without this, the conversion of a time without a zone depends on the session's time zone.
    case (.moment, .local), (.local, .moment): return "\(column) AT TIME ZONE 'UTC'"
    case (.text, _): return "\(column)::\(new)"
    default: return "\(column)::text::\(new)"
    }
  }

  private var usingBetweenArrayAndElement: String? {
    switch (old.isArray, old.kind, new.kind) {
    case (true, _, .text), (false, .text, _): old.isArray ? nil : "\(column)::\(new.text)"
    case (true, _, _): "\(column)[1]::\(new.text)"
    case (false, _, _): "CASE WHEN \(column) IS NOT NULL THEN ARRAY[\(column)]::\(new.text) END"
    }
  }

  /// Whether PostgreSQL converts the values implicitly. https://www.postgresql.org/docs/current/catalog-pg-cast.html
  private var isAssignable: Bool {
    if old.name == new.name { return true }
    switch (old.kind, new.kind) {
    case (.binary, .text): return false
    case (_, .text): return !old.isArray || old.kind == .text
    case (.integer, .integer), (.integer, .exact), (.integer, .floating), (.exact, .integer), (.exact, .floating),
      (.floating, .integer), (.floating, .exact), (.floating, .floating), (.json, .json), (.bits, .bits):
      return !old.isArray
    case (.day, .local), (.local, .day), (.local, .clock), (.local, .local), (.moment, .moment), (.clock, .clock):
      return !old.isArray
    default: return false
    }
  }

  /// The condition for rows that fail or lose part of their value; nil if there are none, or if no condition exists.
  var misfit: String? {
    guard !old.isArray, !new.isArray else { return cardinality }
    if let values, old.kind == .text || old.kind == .other {
      let list = values.map(SQLText.literal).joined(separator: ", ")
      return values.isEmpty ? "\(column) IS NOT NULL" : "\(column)::text NOT IN (\(list))"
    }
    return switch (old.kind, new.kind) {
    case (.binary, .text): nil
    case (_, .text): length
    case (.integer, .integer): old.isWider(than: new) ? outOfRange : nil
    case (.exact, .integer), (.floating, .integer): "\(column) <> trunc(\(column)) OR \(outOfRange)"
    case (.integer, .exact), (.exact, .exact), (.floating, .exact): digits
    case (.exact, .floating), (.floating, .floating), (.integer, .floating): rounding
    case (.integer, .boolean), (.exact, .boolean), (.floating, .boolean): "\(column) NOT IN (0, 1)"
    case (.local, .day): "\(column) <> date_trunc('day', \(column))"
    case (.local, .clock): "\(column) IS NOT NULL"
    case (.local, .local), (.moment, .moment): shorterFraction
    case (.text, .integer): "\(column) !~ '^\\s*[-+]?[0-9]+\\s*$'"
    case (.text, .exact), (.text, .floating):
      "\(column) !~* '^\\s*([-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[-+]?[0-9]+)?|nan)\\s*$'"
    case (.text, .boolean):
      "lower(btrim(\(column))) NOT IN ('t', 'tr', 'tru', 'true', 'y', 'ye', 'yes', 'on', '1',"
        + " 'f', 'fa', 'fal', 'fals', 'false', 'n', 'no', 'of', 'off', '0')"
    case (.text, .uuid):
      "\(column) !~ '^(\\{([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4}\\}|([0-9A-Fa-f]{4}-?){7}[0-9A-Fa-f]{4})$'"
    default: nil
    }
  }

  /// Whether the conversion silently changes rows that do not fit, so that a separate statement must check for them.
  var isSilent: Bool {
    guard misfit != nil, values == nil else { return false }
    if old.isArray != new.isArray { return true }
    return switch (old.kind, new.kind) {
    case (.exact, _), (.floating, _), (.integer, .floating), (.integer, .boolean), (.integer, .exact): true
    case (.local, .day), (.local, .clock), (.local, .local), (.moment, .moment): true
    default: false
    }
  }

  /// Whether rows can fail although no condition detects them in advance.
  var canFailUnseen: Bool { misfit == nil && !isAssignable && ![.binary, .text].contains(new.kind) && !isSafe }

  private var isSafe: Bool {
    guard !old.isArray, !new.isArray else { return !old.isArray && new.isArray && old.kind != .text }
    return switch (old.kind, new.kind) {
    case (.boolean, .integer), (.boolean, .exact), (.boolean, .floating), (.moment, .local), (.local, .moment): true
    default: false
    }
  }

  private var cardinality: String? {
    old.isArray && !new.isArray && new.kind != .text ? "cardinality(\(column)) > 1" : nil
  }

  private var length: String? {
    guard let length = new.modifiers.first, new.name == "character varying" || new.name == "character" else {
      return nil
    }
    if old.kind == .text, let former = old.modifiers.first, former <= length { return nil }
    return "char_length(\(old.kind == .text ? column : "\(column)::text")) > \(length)"
  }

  private var outOfRange: String {
    "\(column) NOT BETWEEN \(new.range?.lowerBound ?? Int.min) AND \(new.range?.upperBound ?? Int.max)"
  }

  /// The condition for decimal digits that are rounded, or too many digits before the point.
  private var digits: String? {
    let number = old.kind == .floating ? "\(column)::numeric" : column
    guard new.modifiers.count == 2 else {
      // The conversion keeps 15 digits of a double. https://www.postgresql.org/docs/current/datatype-numeric.html
      return old.kind == .floating ? "\(number)::\(old.text) <> \(column)" : nil
    }
    let (precision, scale) = (new.modifiers[0], new.modifiers[1])
    if old.kind == .exact, old.modifiers.count == 2, old.modifiers[1] <= scale,
      old.modifiers[0] - old.modifiers[1] <= precision - scale
    {
      return nil
    }
    return "round(\(number), \(scale)) <> \(number) OR abs(round(\(number), \(scale))) >= 1e\(precision - scale)"
  }

  private var rounding: String? {
    if old.name == "smallint" || (old.name == "integer" && new.name == "double precision") { return nil }
    if old.kind == .floating, new.name == "double precision" { return nil }
    let back = old.kind == .floating ? "double precision" : "numeric"
    // A value that is too large would be an error here too, and fails in the conversion anyway.
    let limit = new.name == "real" ? "1e38" : "1e308"
    return "CASE WHEN abs(\(column)) > \(limit) THEN true ELSE \(column)::\(new.text)::\(back) <> \(column) END"
  }

  private var shorterFraction: String? {
    let kept = new.modifiers.first ?? 6
    guard kept < old.modifiers.first ?? 6 else { return nil }
    return "\(column)::\(new.text) <> \(column)"
  }
}
