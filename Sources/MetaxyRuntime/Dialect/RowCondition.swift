/// A condition that no row may fulfil, or none without consent.
package struct RowCondition: Sendable, Hashable {
  /// A flag of `revision --autogenerate` with which the author decides about such rows.
  package enum Flag: Sendable, Hashable {
    /// `--backfill`, for a column: `video.fps`.
    case backfill(String)
    /// `--using`, for a column.
    case using(String)
  }

  /// The safety rule whose consent such rows need, because the statement changes their values; nil if the statement
  /// fails on them.
  package var rule: String?
  /// The problem of such rows: `video.size holds NULL`.
  package var message: String
  /// An expression that counts them.
  package var count: String
  /// Which rows these are; nil if they cannot be listed.
  package var examples: RowExamples?
  /// A remedy for such rows, or an alternative; nil if none is known.
  package var remedy: String?
  /// The flag that solves it; nil if none does.
  package var flag: Flag?

  package init(
    message: String, count: String, examples: RowExamples? = nil, remedy: String? = nil, flag: Flag? = nil,
    rule: String? = nil
  ) {
    self.rule = rule
    self.message = message
    self.count = count
    self.examples = examples
    self.remedy = remedy
    self.flag = flag
  }

  package init(
    message: String, rows: ViolatingRows, remedy: String? = nil, flag: Flag? = nil, rule: String? = nil
  ) {
    self.init(
      message: message, count: rows.count, examples: rows.examples, remedy: remedy, flag: flag, rule: rule)
  }
}

/// The rows that a condition finds: how many there are, and which ones.
package struct ViolatingRows: Sendable, Hashable {
  /// An expression that counts them.
  package var count: String
  package var examples: RowExamples?

  package init(count: String, examples: RowExamples?) {
    self.count = count
    self.examples = examples
  }
}

extension RowCondition {
  /// The rule for values that a change of type changes.
  package static let conversionRule = "DS104"

  /// The sentence for the reader of the file.
  package var note: String {
    rule.map { "\($0): needs consent if \(message)" } ?? "fails if \(message)"
  }

  /// The remedy if no value is known for existing rows.
  package static let valueRemedy =
    "make the property optional, give it an initial value, or give its column a default with `@Column(default: …)`,"
    + " which existing rows then get; or change these rows first"
}
