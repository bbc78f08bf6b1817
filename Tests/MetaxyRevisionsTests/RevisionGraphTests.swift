import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyRevisions
import Testing

@Suite struct RevisionGraphTests {
  static let linear =
    "e6239818bb3a; 548bbb905360<e6239818bb3a; b7ea43dc85e4<548bbb905360; 1bbe33445780<b7ea43dc85e4; 3975fb1a0125<1bbe33445780"
  static let branches = "a; b<a; c1<b [c1branch]; d1<c1; c2<b [c2branch]; d2<c2"
  static let merged = "a; b<a; c1<b; d1<c1; c2<b [c2branch]; d2<c2; e<d1,d2; f<e"
  static let depends = "a1 [lib1]; b1<a1; c1<b1; a2; b2<a2; c2<b2 {c1}; d1<c1"
  static let roots = "a1; b1<a1; a2; b2<a2"
  static let labelled =
    "a [abranch]; b<a; somelongername<b; c<somelongername; d; e<d [ebranch]; someothername<e; f<someothername"

  /// Runs a plan; checks that each revision comes after what it needs, and that the rows follow from the steps.
  private func run(
    _ graph: RevisionGraph, _ direction: RevisionDirection, _ target: String, _ rows: [String]
  ) throws -> (steps: Set<String>, to: [String]) {
    let plan =
      try direction == .upgrade
      ? graph.plan(upgradeTo: target, current: Set(rows)) : graph.plan(downgradeTo: target, current: Set(rows))
    var applied = Set(try graph.applied(Set(rows)))
    for step in plan.steps {
      #expect(step.direction == direction)
      #expect(Set(try graph.applied(Set(step.before))) == applied)
      if direction == .upgrade { applied.insert(step.revision) } else { applied.remove(step.revision) }
      #expect(Set(try graph.applied(Set(step.after))) == applied, "\(step)")
    }
    return (Set(plan.steps.map(\.revision)), plan.to)
  }

  private func message(_ body: () throws -> some Any) -> String {
    do {
      _ = try body()
      return "no error"
    } catch let error as MetaxyError {
      return ([error.message] + error.hints.map(\.description) + error.diagnostics.map(\.description)).joined(
        separator: "\n")
    } catch {
      return "\(error)"
    }
  }

  // The cases are Alembic's own, by the names of the scenarios that were taken from its tests.

  @Test(arguments: [
    ("GR-001", linear, ["b7ea43dc85e4"], "3975fb1a0125", ["1bbe33445780", "3975fb1a0125"], ["3975fb1a0125"]),
    (
      "GR-005", linear, ["e6239818bb3a"], "548bbb905360+2", ["548bbb905360", "b7ea43dc85e4", "1bbe33445780"],
      ["1bbe33445780"]
    ),
    ("GR-024", linear, [], "e623", ["e6239818bb3a"], ["e6239818bb3a"]),
    ("GR-025", linear, [], "e", ["e6239818bb3a"], ["e6239818bb3a"]),
    ("GR-027", linear, ["b7ea43dc85e4"], "e6239818bb3a", [], ["b7ea43dc85e4"]),
    ("GR-028", linear, [], "base+1", ["e6239818bb3a"], ["e6239818bb3a"]),
    ("GR-040", branches, ["b"], "d1", ["c1", "d1"], ["d1"]),
    ("GR-041", branches, ["a"], "heads", ["b", "c2", "d2", "c1", "d1"], ["d1", "d2"]),
    ("GR-044", branches, ["b"], "c2branch@head-1", ["c2"], ["c2"]),
    ("GR-055", branches, ["c1"], "c2branch@+1", ["c2"], ["c1", "c2"]),
    ("GR-058", branches, [], "+1", ["a"], ["a"]),
    ("GR-070", merged, ["b"], "f", ["c2", "d2", "c1", "d1", "e", "f"], ["f"]),
    ("GR-075", merged, ["d1"], "head", ["c2", "d2", "e", "f"], ["f"]),
    ("GR-084", "a1; a2<a1 {a1}", [], "a2", ["a1", "a2"], ["a2"]),
    ("GR-087", "a1; b1 {a1}; bmerge<a1,b1", ["a1"], "b1", ["b1"], ["b1"]),
    ("GR-088", roots, [], "heads", ["a2", "b2", "a1", "b1"], ["b1", "b2"]),
    (
      "GR-090", "a; b1<a; b2<a; b3<a; c1<b1,b2,b3; c2<b1,b2,b3; d1<c1; d2<c2", ["a"], "heads",
      ["b3", "b2", "b1", "c2", "d2", "c1", "d1"], ["d1", "d2"]
    ),
    ("GR-106", "", [], "head", [], []),
    ("GR-108", "a; new<a; b<new; c<b", ["b"], "head", ["c"], ["c"]),
    ("GR-110", labelled, [], "ebranch@some", ["d", "e", "someothername"], ["someothername"]),
  ])
  func upgradeRunsWhatIsMissing(
    _: String, history: String, rows: [String], target: String, steps: [String], to: [String]
  ) throws {
    let result = try run(RevisionGraph(history), .upgrade, target, rows)
    #expect(result.steps == Set(steps))
    #expect(result.to == to)
  }

  @Test(arguments: [
    ("GR-009", linear, ["3975fb1a0125"], "b7ea43dc85e4", ["3975fb1a0125", "1bbe33445780"], ["b7ea43dc85e4"]),
    ("GR-011", linear, ["b7ea43dc85e4"], "-1", ["b7ea43dc85e4"], ["548bbb905360"]),
    (
      "GR-014", linear, ["1bbe33445780"], "b7ea43dc85e4-2", ["1bbe33445780", "b7ea43dc85e4", "548bbb905360"],
      ["e6239818bb3a"]
    ),
    ("GR-019", linear, ["e6239818bb3a"], "e6239818bb3a", [], ["e6239818bb3a"]),
    ("GR-020", linear, [], "base", [], []),
    ("all", linear, ["548bbb905360"], "base", ["548bbb905360", "e6239818bb3a"], []),
    ("-N", linear, ["548bbb905360"], "-2", ["548bbb905360", "e6239818bb3a"], []),
    ("GR-043", branches, ["d1", "d2"], "a", ["d1", "c1", "d2", "c2", "b"], ["a"]),
    ("GR-046", branches, ["d2", "d1"], "c2branch@base+2", ["d2", "c2"], ["d1"]),
    ("GR-050", branches, ["d1", "d2"], "c1branch@-1", ["d1"], ["c1", "d2"]),
    ("GR-054", branches, ["d1", "d2"], "c1branch@head-1", ["d1"], ["c1", "d2"]),
    ("side", "a; b<a [l]; c<b; d<b", ["c", "d"], "l@c-1", ["c", "d"], ["b"]),
    ("row's side", "a; b<a; c<b [l]; d<b", ["c", "d"], "l@-1", ["c"], ["d"]),
    ("root's side", "a [l]; b", ["a", "b"], "l@-1", ["a"], ["b"]),
    ("root", "a [l]; b", ["a", "b"], "l@base", ["a"], ["b"]),
    ("GR-071", merged, ["f"], "b", ["f", "e", "d1", "c1", "d2", "c2"], ["b"]),
    ("a merge", merged, ["e"], "-1", ["e"], ["d1", "d2"]),
    ("two, the last a merge", merged, ["f"], "-2", ["f", "e"], ["d1", "d2"]),
    ("GR-081", depends, ["c2", "d1"], "c1", ["d1"], ["c2"]),
    ("GR-083", "a1; a2<a1; b1; b2<b1 {a2}; b3<b2; a3<a2 {b1}", ["a3", "b2"], "b1", ["b2"], ["a3"]),
    (
      "GR-092", "a1; b1<a1; c1<b1; a2; b2<a2; c2<b2; d1<c1,c2; d2<c2", ["d2", "d1"], "b1", ["d1", "c1"], ["b1", "d2"]
    ),
  ])
  func downgradeTakesBackWhatLiesAbove(
    _: String, history: String, rows: [String], target: String, steps: [String], to: [String]
  ) throws {
    let result = try run(RevisionGraph(history), .downgrade, target, rows)
    #expect(result.steps == Set(steps))
    #expect(result.to == to)
  }

  @Test(arguments: [
    ("GR-008", linear, ["548bbb905360"], "+5", ["`+5`"]),
    ("past", linear, ["3975fb1a0125"], "+1", ["`+1`"]),
    ("GR-042", branches, ["b"], "head", ["`head`", "`d1`", "`d2`", "heads"]),
    ("GR-111", "a [abranch]; b<a; d; e<d [ebranch]", [], "ebranch@b", ["`b`", "`ebranch`"]),
    ("down", linear, ["548bbb905360"], "-1", ["downgrade -1"]),
    ("none", linear, [], "e62398", ["no error"]),
    ("unknown", linear, [], "zzz", ["`zzz`"]),
    ("slip", linear, [], "e6239818bb3", ["no error"]),
    ("ambiguous", "abc1; abc2<abc1", [], "abc", ["`abc`", "`abc1`", "`abc2`"]),
    ("row", linear, ["deadbeef0000"], "head", ["`deadbeef0000`"]),
    ("rows", linear, ["e6239818bb3a", "548bbb905360"], "head", ["`e6239818bb3a`", "--purge"]),
    ("divides", branches, ["b"], "+1", ["`c1`", "`c2`"]),
    ("several", branches, ["c1", "c2"], "+1", ["`c1`", "`c2`"]),
    ("branch", branches, [], "nosuch@head", ["`nosuch`"]),
    ("text", branches, [], "a b", ["`a b`"]),
    ("zero", branches, [], "+0", ["`+0`"]),
    ("empty", branches, [], "", ["``"]),
  ])
  func upgradeRefuses(_: String, history: String, rows: [String], target: String, parts: [String]) throws {
    let graph = try RevisionGraph(history)
    let text = message { try graph.plan(upgradeTo: target, current: Set(rows)) }
    for part in parts { #expect(text.contains(part), "\(text)") }
  }

  @Test(arguments: [
    ("GR-016", linear, ["548bbb905360"], "+2", ["`+2`"]),
    ("GR-018", linear, ["548bbb905360"], "b7ea", ["`b7ea43dc85e4`", "`548bbb905360`"]),
    ("past base", linear, ["548bbb905360"], "-3", ["`-3`"]),
    ("nothing", linear, [], "-1", ["`-1`"]),
    ("GR-048", branches, ["d2", "d1"], "-1", ["`d1`", "`d2`"]),
    ("row", linear, ["deadbeef0000"], "base", ["`deadbeef0000`"]),
  ])
  func downgradeRefuses(_: String, history: String, rows: [String], target: String, parts: [String]) throws {
    let graph = try RevisionGraph(history)
    let text = message { try graph.plan(downgradeTo: target, current: Set(rows)) }
    for part in parts { #expect(text.contains(part), "\(text)") }
  }

  @Test func upgradeToAnAncestorSaysThatTheDatabaseIsPast() throws {
    let graph = try RevisionGraph(Self.linear)
    #expect(try graph.plan(upgradeTo: "e6239818bb3a", current: ["b7ea43dc85e4"]).isAlreadyPast)
    #expect(try !graph.plan(upgradeTo: "b7ea43dc85e4", current: ["b7ea43dc85e4"]).isAlreadyPast)
  }

  @Test func linearPlansAreInOrderAndMoveOneRow() throws {
    let graph = try RevisionGraph("c<b; a; b<a")
    let up = try graph.plan(upgradeTo: "head", current: [])
    #expect(up.steps.map(\.revision) == ["a", "b", "c"])
    #expect(up.steps.map(\.before) == [[], ["a"], ["b"]])
    #expect(up.steps.map(\.after) == [["a"], ["b"], ["c"]])
    let downPlan = try graph.plan(downgradeTo: "base", current: ["c"])
    #expect(downPlan.steps.map(\.revision) == ["c", "b", "a"])
    #expect(downPlan.steps.map(\.after) == [["b"], ["a"], []])
    #expect(downPlan.from == ["c"] && downPlan.to == [])
  }

  @Test func mergeReplacesItsParentsAndGivesThemBack() throws {
    let graph = try RevisionGraph(Self.merged)
    #expect(try graph.plan(upgradeTo: "e", current: ["d1", "d2"]).to == ["e"])
    #expect(try graph.plan(downgradeTo: "d1", current: ["e"]).to == ["d1", "d2"])
    #expect(try graph.plan(downgradeTo: "c2branch@c2", current: ["d1", "d2"]).to == ["c2", "d1"])
  }

  @Test(arguments: [
    ("GR-021", linear, ["1bbe33445780"], ["base"], []),
    ("GR-023", linear, ["1bbe33445780"], ["e6239818bb3a"], ["e6239818bb3a"]),
    ("GR-061", branches, ["d1", "c2"], ["b"], ["b"]),
    ("GR-062", branches, ["d1", "c2"], ["c1branch@base"], ["c2"]),
    ("GR-064", branches, [], ["heads"], ["d1", "d2"]),
    ("GR-073", merged, ["c2"], ["e"], ["e"]),
    ("GR-074", merged, ["d1", "c2"], ["c2branch@head"], ["f"]),
    ("GR-082", depends + "; e1<d1", ["e1", "c2"], ["b1"], ["b1"]),
    ("GR-089", roots, ["b1", "b2"], ["heads"], ["b1", "b2"]),
    ("other branch", branches, ["d1"], ["c2"], ["c2", "d1"]),
    ("two", branches, [], ["c1", "d2"], ["c1", "d2"]),
  ])
  func stampReplacesWhatIsRelated(_: String, history: String, rows: [String], targets: [String], to: [String]) throws {
    #expect(try RevisionGraph(history).rows(stamping: targets, current: Set(rows)) == Set(to))
  }

  @Test(arguments: [
    ("CM-012", ":b", [], ["b", "a"]), ("CM-013", "b:", [], ["c", "b"]), ("CM-015", "-2:c", [], ["c", "b", "a"]),
    ("CM-016", "-5:c", [], ["c", "b", "a"]), ("CM-017", "current:", ["b"], ["c", "b"]),
    ("CM-017", "current:", [], ["c", "b", "a"]), ("up", "a:+1", [], ["b", "a"]), ("one", "b:b", [], ["b"]),
    ("-1", "-1:current", ["b"], ["b", "a"]), ("all", ":", [], ["c", "b", "a"]),
  ])
  func historyListsARangeNewestFirst(_: String, range: String, rows: [String], list: [String]) throws {
    let graph = try RevisionGraph("a; b<a; c<b")
    #expect(try graph.history(RevisionRange(range), current: Set(rows)) == list)
  }

  @Test(arguments: [
    ("1975", MetaxyError.Code.invalidRevisionTarget), ("a:b:c", .invalidRevisionTarget), ("zz:", .unknownRevision),
    ("c:a", .notAnAncestor),
  ])
  func badRangeIsRefused(range: String, code: MetaxyError.Code) throws {
    let graph = try RevisionGraph("a; b<a; c<b")
    #expect { try graph.history(RevisionRange(range)) } throws: { ($0 as? MetaxyError)?.code == code }
  }

  @Test func namesResolve() throws {
    let graph = try RevisionGraph(Self.branches)
    #expect(try graph.resolve("c1branch") == ["c1"])
    #expect(try graph.resolve("c1branch@head") == ["d1"])
    #expect(try graph.resolve("c1@heads") == ["d1"])
    #expect(try graph.resolve("heads") == ["d1", "d2"])
    #expect(try graph.resolve("base") == [])
    #expect(try graph.resolve("current", current: ["c1", "d2"]) == ["c1", "d2"])
    #expect(try graph.resolve("d2-1") == ["c2"])
    #expect(try graph.resolve("c1branch@base+3") == ["c1"])
    #expect(graph.heads == ["d1", "d2"])
    #expect(graph.bases == ["a"])
    #expect(graph.branchPoints == ["b"])
    #expect(graph.children(of: "b") == ["c1", "c2"])
    #expect(graph.branchLabels()["d2"] == ["c2branch"])
    #expect(graph.branchLabels()["a"] == nil)
  }

  @Test func currentListsBranchesThatADependencyImplies() throws {
    // CM-004: b2 depends on a2, so that the row b2 means a2 as well.
    let graph = try RevisionGraph("a1; a2<a1; a3<a2; b1; b2<b1 {a2}; b3<b2")
    #expect(Set(try graph.current(["b2"])) == ["a2", "b2"])
    #expect(Set(try graph.current(["b3"])) == ["a2", "b3"])
    #expect(try graph.current([]) == [])
  }

  @Test func newRevisionFollowsAHead() throws {
    let graph = try RevisionGraph("a; b<a; c<b")
    #expect(try graph.parents() == ["c"])
    #expect(try graph.parents(ofNew: ["b"], splices: true) == ["b"])
    #expect(message { try graph.parents(ofNew: ["b"]) }.contains("`b` is not a head"))
    #expect(try graph.parents(ofNew: ["base"]) == [])
    #expect(try RevisionGraph("").parents() == [])
    let divided = try RevisionGraph(Self.branches)
    #expect(message { try divided.parents() }.contains("`d1`, `d2`"))
    #expect(try divided.parents(ofNew: ["heads"]) == ["d1", "d2"])
  }

  @Test(arguments: [
    ("GR-100", "a<c; b<a; c<b", ["`a` → `c` → `b` → `a`", "a.sql"]),
    ("GR-101", "a<a", ["`a` revises itself", "a.sql"]),
    ("GR-102", "a {c}; b {a}; c {b}", ["cycle", "`a`", "`b`", "`c`"]),
    ("GR-104", "b<a", ["`a`", "b.sql", "no file holds"]),
    ("twice", "a; b<a; a<b", ["`a`", "a.sql"]),
    ("dependency", "a {x}", ["`x`", "a.sql"]),
    ("label", "a [x]; b<a [x]", ["`x`", "b.sql"]),
    ("label and revision", "a; b<a [a]", ["`a`", "b.sql"]),
    ("two problems", "b<a; c<z", ["`a`", "`z`", "b.sql", "c.sql"]),
  ])
  func brokenHistoryNamesRevisionsAndFiles(_: String, history: String, parts: [String]) {
    let text = message { try RevisionGraph(history) }
    for part in parts { #expect(text.contains(part), "\(text)") }
  }

  @Test func longHistoriesAreQuick() throws {
    let nodes = (0..<10_000).map { RevisionNode("r\($0)", downRevisions: $0 == 0 ? [] : ["r\($0 - 1)"]) }
    let graph = try RevisionGraph(nodes.reversed())
    let plan = try graph.plan(upgradeTo: "head", current: [])
    #expect(plan.steps.count == 10_000)
    #expect(plan.to == ["r9999"])
  }

  // A revision that was inserted below the rows and is not applied.

  @Test func aMissingAncestorRunsAndTheRowsStay() throws {
    let graph = try RevisionGraph("a; n<a; b<n; c<b")
    let plan = try graph.plan(upgradeTo: "head", current: ["b"], missing: ["n"])
    #expect(plan.steps.map(\.revision) == ["n", "c"])
    #expect(plan.steps.map(\.after) == [["b"], ["c"]])
    #expect(try graph.plan(upgradeTo: "n", current: ["b"], missing: ["n"]).steps.map(\.revision) == ["n"])
    #expect(try graph.plan(upgradeTo: "a", current: ["b"], missing: ["n"]).steps.isEmpty)
  }

  @Test func aDowngradePassesOverWhatIsMissing() throws {
    let graph = try RevisionGraph("a; n<a; b<n; c<b; x<n")
    let plan = try graph.plan(downgradeTo: "base", current: ["c", "x"], missing: ["n"])
    #expect(Set(plan.steps.map(\.revision)) == ["a", "b", "c", "x"])
    #expect(plan.steps.last?.revision == "a")
    #expect(plan.to == [])
    let back = try graph.plan(downgradeTo: "a", current: ["c"], missing: ["n"])
    #expect(back.steps.map(\.revision) == ["c", "b"])
    #expect(back.steps.map(\.after) == [["b"], ["a"]])
    #expect(message { try graph.plan(downgradeTo: "n", current: ["c"], missing: ["n"]) }.contains("`n`"))
  }

  @Test func theLinksOfARenderedRevisionAreRead() {
    let file = RevisionFile(
      path: "", message: "Revises: nothing", revision: "c", downRevisions: ["a", "b"], dependencies: ["x"],
      sections: [RevisionSection(.upgrade, statements: [RevisionStatement("SELECT '\n-- Revises: z'")])])
    #expect(RevisionFile.links(inRendered: file.rendered()) == ["a", "b", "x"])
    #expect(RevisionFile.links(inRendered: RevisionFile(path: "", message: "", revision: "a").rendered()) == [])
  }

  @Test func onlyTheLineOfTheParentsIsReplaced() {
    let text =
      "-- Revises: words\n--\n-- Revision: b\n-- Revises: a  \n-- Created: x\n\n-- metaxy:upgrade\n-- Revises: no\n"
    #expect(
      RevisionFile.replacingParents(in: text, with: ["c", "d"])
        == text.replacing("-- Revises: a  \n", with: "-- Revises: c, d\n"))
    #expect(RevisionFile.replacingParents(in: "-- Revision: b\n", with: ["c"]) == nil)
  }

  @Test func eachRevisionKnowsTheHeadsAboveIt() throws {
    let bits = try RevisionGraph("a; b<a; c<a; d<b; e<c {b}").bits(ofHeads: ["d", "e"])
    #expect(bits["a"] == [3] && bits["b"] == [3] && bits["c"] == [2] && bits["d"] == [1] && bits["e"] == [2])
  }

  // A database can be at these besides, while a script that knows only its own branch runs.
  @Test(arguments: [
    (branches, ["c1"], ["d1"], ["c2", "d2"]), (branches, ["c1"], ["c1", "b"], []),
    (depends, ["b1"], ["c1"], ["a2", "b2"]), (depends, [], ["a2", "b2"], ["a1", "b1", "c1", "d1"]),
    (merged, ["d1"], ["d2", "c2", "e"], []),
  ])
  func revisionsOfOtherBranches(_ text: String, _ rows: [String], _ changed: [String], _ unrelated: [String]) throws {
    let graph = try RevisionGraph(text)
    #expect(graph.unrelated(to: Set(rows), changing: Set(changed)) == Set(unrelated))
  }
}
