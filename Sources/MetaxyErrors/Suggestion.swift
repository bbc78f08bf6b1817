/// Finds the probable correction of a misspelt word.
package enum Suggestion {
  /// Returns the candidate closest to `word`; nil if none is close enough to be a typing error: one for every three characters,
  /// and at most `edits` of them.
  package static func closest(
    to word: String, in candidates: some Sequence<String>, within edits: Int = .max
  ) -> String? {
    let limit = min(max(1, word.count / 3), edits)
    return
      candidates
      .map { (candidate: $0, distance: distance(Array(word.lowercased()), Array($0.lowercased()))) }
      .filter { $0.distance <= limit }
      .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?
      .candidate
  }

  /// The number of insertions, deletions, substitutions and swaps of neighbours between two words.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
