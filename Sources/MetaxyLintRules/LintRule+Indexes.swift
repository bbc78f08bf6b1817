extension LintRule {
  package static let indexGap = LintRule(
    "IX101", .indexes, on: onPostgreSQL, "drops an index before the one that replaces it is built",
    instead: "build the new index under another name first, then drop the old one and rename the new one")
  package static let unindexedReference = LintRule(
    "IX102", .indexes, as: .advice,
    "adds a foreign key whose columns have no index: deletes of referenced rows read the table",
    instead: "add an index that begins with the columns of the foreign key")
  package static let duplicateIndex = LintRule(
    "IX103", .indexes, as: .advice, "creates an index that the table already has under another name",
    instead: "use the existing index, or drop it")

  static let indexes = [indexGap, unindexedReference, duplicateIndex]
}
