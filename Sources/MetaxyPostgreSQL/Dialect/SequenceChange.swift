internal import MetaxyFeatures
internal import MetaxyPostgreSQLDriver
internal import MetaxySchema

/// A change of a sequence's options, with what it means for the number at which the sequence is.
///
/// PostgreSQL refuses bounds that exclude this number. https://www.postgresql.org/docs/current/sql-altersequence.html
struct SequenceChange {
  let words: [String]
  /// The outer bound, which must be set before the sequence can continue at `first`; nil if it does not grow.
  let grown: String?
  /// The number at which a sequence continues that has not reached it; nil if the bound does not pass over numbers.
  let first: Int?
  /// The last number that the sequence may have reached; nil if the bound is not closer than before.
  let last: Int?
  let isDescending: Bool

  init(from old: SequenceOptions, to new: SequenceOptions, of type: ColumnType) {
    words = SequenceText.changes(from: old, to: new, of: type)
    isDescending = (new.increment ?? 1) < 0
    let wasDescending = (old.increment ?? 1) < 0
    guard isDescending == wasDescending else { (grown, first, last) = (nil, nil, nil); return }
    let bounds = PostgreSQLTypes.bounds(of: type) ?? Int.min...Int.max
    if isDescending {
      let (former, start) = (old.maximum ?? -1, new.maximum ?? -1)
      let (formerEnd, end) = (old.minimum ?? bounds.lowerBound, new.minimum ?? bounds.lowerBound)
      first = start < former ? start : nil
      last = end > formerEnd ? end : nil
      grown = end < formerEnd ? "MINVALUE \(end)" : nil
    } else {
      let (former, start) = (old.minimum ?? 1, new.minimum ?? 1)
      let (formerEnd, end) = (old.maximum ?? bounds.upperBound, new.maximum ?? bounds.upperBound)
      first = start > former ? start : nil
      last = end < formerEnd ? end : nil
      grown = end > formerEnd ? "MAXVALUE \(end)" : nil
    }
  }
}
