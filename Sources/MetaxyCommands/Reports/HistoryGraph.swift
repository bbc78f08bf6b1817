/// Draws a history beside the texts of its revisions, as `git log --graph` does: newest first, a `*` for each revision and a
/// line from it to each of its parents.
///
/// Lane `n` is in column `2 n`; the columns between have the strokes from one lane to another.
struct HistoryGraph {
  private typealias Mark = (column: Int, character: Character)

  /// The revisions that the open lines lead to, from left to right.
  private var lanes: [String] = []
  private var lines: [String] = []

  /// - Parameters:
  ///   - items: the revisions, each before its parents.
  ///   - text: the text of a revision; its first line is beside the `*`.
  /// - Returns: the drawing, line by line.
  static func lines(of items: [RevisionItem], text: (RevisionItem) -> String) -> [String] {
    var graph = HistoryGraph()
    let shown = Set(items.map(\.revision))
    for item in items {
      graph.draw(item.revision, parents: item.downRevisions.filter(shown.contains), text(item))
    }
    return graph.lines
  }

  private mutating func draw(_ revision: String, parents: [String], _ text: String) {
    let lane = lanes.firstIndex(of: revision) ?? lanes.count
    if lane == lanes.count { lanes.append(revision) }
    let texts = text.split(separator: "\n", omittingEmptySubsequences: false)
    add(lanes.indices.map { (2 * $0, $0 == lane ? "*" : "|") }, texts.first ?? "")
    let hasParents = !parents.isEmpty
    if let first = parents.first { lanes[lane] = first }
    for (index, parent) in parents.dropFirst().enumerated() { branch(at: lane + index, to: parent) }
    for text in texts.dropFirst() {
      add(lanes.indices.filter { hasParents || $0 != lane }.map { (2 * $0, "|") }, text)
    }
    if !hasParents { end(lane) }
    while let (kept, closed) = meeting { close(closed, into: kept) }
  }

  /// Adds a lane to `parent` right of a lane; those further right move by one.
  private mutating func branch(at lane: Int, to parent: String) {
    let straight: [Mark] = (0...lane).map { (2 * $0, "|") }
    add(straight + (lane..<lanes.count).map { (2 * $0 + 1, "\\") })
    lanes.insert(parent, at: lane + 1)
  }

  /// Removes a lane that leads nowhere; those right of it move by one.
  private mutating func end(_ lane: Int) {
    let straight: [Mark] = (0..<lane).map { (2 * $0, "|") }
    if lane < lanes.count - 1 { add(straight + (lane + 1..<lanes.count).map { (2 * $0 - 1, "/") }) }
    lanes.remove(at: lane)
  }

  /// The first two lanes that lead to the same revision.
  private var meeting: (kept: Int, closed: Int)? {
    for (place, name) in lanes.enumerated() {
      if let other = lanes[..<place].firstIndex(of: name) { return (other, place) }
    }
    return nil
  }

  /// Leads a lane into another one left of it; those right of it move by one.
  private mutating func close(_ closed: Int, into kept: Int) {
    let straight: [Mark] = (0..<closed).map { (2 * $0, "|") }
    let across: [Mark] = (kept..<closed - 1).map { (2 * $0 + 1, "_") }
    add(straight + across + (closed..<lanes.count).map { (2 * $0 - 1, "/") })
    lanes.remove(at: closed)
  }

  private mutating func add(_ marks: [Mark], _ text: Substring = "") {
    var row = [Character](repeating: " ", count: (marks.map(\.column).max() ?? -1) + 1)
    for mark in marks { row[mark.column] = mark.character }
    lines.append(text.isEmpty ? String(row) : String(row) + (row.isEmpty ? "" : " ") + text)
  }
}
