internal import MetaxyRows

extension SampleQuery {
  /// Returns the condition that columns, as they are written in SQL, have the values of one of some samples.
  mutating func condition(_ ids: [RowID], _ columns: [String]) -> String { condition(ids.map(\.values), columns) }
}
