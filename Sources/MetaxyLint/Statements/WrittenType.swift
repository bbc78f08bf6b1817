internal import MetaxyFeatures
package import MetaxySQL
package import MetaxySchema

/// The type that a column gets.
package struct WrittenType: Sendable, Hashable {
  package var text: String
  /// The expression after `USING`; empty without one.
  package var using: [SQLToken] = []
  /// The column of the record that has the type; nil if only a statement has it.
  package var column: Column?

  package init(_ text: String, using: [SQLToken] = []) {
    self.text = text
    self.using = using
  }

  /// The type of a column of a record.
  package init(of column: Column) {
    text = column.type.displayText
    self.column = column
  }
}
