import MetaxySorting
import Testing

@Suite struct DependencySortTests {
  @Test func whatNeedsNothingLaterKeepsItsPlace() {
    #expect(DependencySort(needs: [[], [0], [], [2, 0], []]).order == [0, 1, 2, 3, 4])
  }

  @Test func whatIsNeededMovesBeforeTheFirstThatNeedsIt() {
    #expect(DependencySort(needs: [[], [3], [], [4], [], [1]]).order == [0, 4, 3, 1, 2, 5])
  }

  @Test func roundsAreThoseOfSQLAlchemy() {
    // `a` needs `c`; SQLAlchemy 2 sorts these four tables as b, c, d, a.
    #expect(DependencySort(needs: [[2], [], [], []]).rounds == [1, 2, 3, 0])
    #expect(DependencySort(needs: [[1], [2], [], []]).rounds == [2, 3, 1, 0])
  }

  @Test func aCycleIsReportedAndItsLastNeedIsLeftOut() {
    let sort = DependencySort(needs: [[], [2], [3], [1], [4]])
    #expect(sort.cycles == [[1, 2, 3], [4]])
    #expect(sort.order == [0, 3, 2, 1, 4])
  }

  @Test func withoutCyclesTheFirstElementOfEachComesFirst() {
    let sort = DependencySort(needs: [[1], [0], [3], [2, 0]]).withoutCycles
    #expect(sort.cycles == [])
    #expect(sort.order == [0, 1, 2, 3])
  }

  @Test func namesThatNoElementHasAndAnElementsOwnAreNoNeeds() {
    let elements = [("a", ["a", "c", "x"]), ("b", []), ("c", ["b"])]
    let sort = DependencySort(elements, name: \.0, needs: \.1)
    #expect(sort.order == [1, 2, 0])
    #expect(sort.cycles == [])
  }

  @Test func aChainOfAHundredThousandIsSorted() {
    let count = 100_000
    let sort = DependencySort(needs: (0..<count).map { $0 + 1 < count ? [$0 + 1] : [] })
    #expect(sort.order == Array((0..<count).reversed()))
  }
}
