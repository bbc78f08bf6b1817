import MetaxySchema
import Testing

@Suite struct BoxedTests {
  private struct Values: Hashable {
    @Boxed var text: String?
    @Boxed var storage = ColumnStorage()
  }

  @Test func aValueIsComparedByItselfAndNotByItsPlace() {
    var (left, right) = (Values(text: "a"), Values(text: "a"))
    #expect(left == right && left.hashValue == right.hashValue)
    right.text = "b"
    #expect(left != right && left.text == "a")
    left.text = nil
    #expect(left == Values() && left.hashValue == Values().hashValue)
  }

  @Test func aCopyKeepsItsValue() {
    var left = Values(text: "a")
    let right = left
    left.text?.append("b")
    left.storage.statistics = 5
    #expect(left.text == "ab" && left.storage.statistics == 5)
    #expect(right == Values(text: "a"))
  }

  /// The strategy of the type does not count in comparisons, and a renderer needs it.
  @Test func whatDoesNotCountIsNotLeftOut() {
    var values = Values()
    values.storage.usualStrategy = "extended"
    #expect(values.storage.usualStrategy == "extended")
    #expect(values == Values() && values.hashValue == Values().hashValue)
  }
}
