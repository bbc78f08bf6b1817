internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyFeatures
internal import MetaxyRows
internal import MetaxyTime

/// The values of ID columns; equal if a database considers them equal: `é` as one scalar and as two are two samples.
struct RowID: Hashable {
  let values: [SQLValue]

  init(_ values: [SQLValue]) { self.values = values }

  static func == (left: RowID, right: RowID) -> Bool {
    left.values.elementsEqual(right.values) { left, right in
      if case .text(let left) = left, case .text(let right) = right { return ScalarString(left) == ScalarString(right) }
      return left == right
    }
  }

  func hash(into hasher: inout Hasher) {
    for value in values {
      if case .text(let text) = value { hasher.combine(ScalarString(text)) } else { hasher.combine(value) }
    }
  }
}

extension ColumnCodec {
  /// Returns the value in the form that all storage forms have in common; an engine may return it in another form.
  func normalised(_ value: SQLValue) -> SQLValue {
    guard case .text(let text) = value else { return value }
    switch type {
    case .timestamp: return Timestamp(text).map { .integer($0.microseconds) } ?? value
    case .interval where dialect == .postgresql: return IntervalText(text).map { .integer($0.microseconds) } ?? value
    case .numeric:
      guard text.utf8.contains(UInt8(ascii: ".")) else { return value }
      let digits = text.reversed().drop { $0 == "0" }
      return .text(String((digits.first == "." ? digits.dropFirst() : digits).reversed()))
    default: return value
    }
  }
}
