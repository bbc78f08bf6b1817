internal import MetaxyErrors

extension MetaxyError {
  static func brokenHistory(_ problems: [Diagnostic]) -> MetaxyError {
    let message =
      problems.count == 1 ? problems[0].message : "the revisions form no history: \(problems.count) problems"
    return MetaxyError(.brokenHistory, message, diagnostics: problems)
  }

  static func unknownRevision(_ name: String, known: [String]) -> MetaxyError {
    MetaxyError(
      .unknownRevision, "no revision or branch is called `\(name)`",
      hints: [.didYouMean(name, in: known.sorted()) ?? "\(.history()) lists the revisions"])
  }

  static func unknownBranch(_ name: String, known: [String]) -> MetaxyError {
    MetaxyError(
      .unknownRevision, "no branch is called `\(name)`",
      hints: [.didYouMean(name, in: known.sorted()) ?? "\(.history()) lists the revisions with their branches"])
  }

  static func ambiguousRevision(_ name: String, _ found: [String]) -> MetaxyError {
    MetaxyError(
      .ambiguousRevision, "several revisions begin with `\(name)`: \(list(found))", hints: ["write more of it"])
  }

  static func multipleHeads(_ typed: String, _ heads: [String]) -> MetaxyError {
    MetaxyError(
      .multipleHeads, "`\(typed)` means one revision, but there are \(heads.count): \(list(heads))",
      hints: [
        "name one of them, write `heads` for all, or `LABEL@head` for the head of a branch"
      ])
  }

  static func notInBranch(_ revision: String, _ branch: String) -> MetaxyError {
    MetaxyError(.notInBranch, "revision `\(revision)` is not in branch `\(branch)`")
  }

  static func invalidRevisionTarget(_ text: String) -> MetaxyError {
    MetaxyError(
      .invalidRevisionTarget, "`\(text)` names no revision",
      hints: ["write an identifier or its beginning, `head`, `heads`, `base`, `+1`, `-1`, `ID+1` or `LABEL@head`"])
  }

  static func invalidRevisionRange(_ text: String) -> MetaxyError {
    MetaxyError(
      .invalidRevisionTarget, "`\(text)` is no range of revisions",
      hints: ["write `START:END`, `START:` or `:END`"])
  }

  static func relativeTooFar(_ typed: String) -> MetaxyError {
    MetaxyError(
      .relativeTooFar, "`\(typed)` leads past the end of the history: there are not so many revisions")
  }

  static func ambiguousStep(_ typed: String, _ next: [String]) -> MetaxyError {
    MetaxyError(
      .ambiguousRevision, "`\(typed)` leads to a place where the history divides into \(list(next))",
      hints: ["name the revision, or its branch as in `LABEL@\(typed)`"])
  }

  static func severalCurrent(_ typed: String, _ current: [String]) -> MetaxyError {
    MetaxyError(
      .ambiguousRevision,
      "`\(typed)` can count from each of the database's current revisions: \(list(current))",
      hints: ["name the revision, or the branch as in `\(current.first ?? "LABEL")@\(typed)`"])
  }

  static func wrongWay(_ typed: String, _ direction: RevisionDirection) -> MetaxyError {
    let other: SuggestedCommand = direction == .upgrade ? .downgrade(to: typed) : .upgrade(to: typed)
    return MetaxyError(
      .wrongWay, "`\(typed)` does not lie where \(direction.rawValue) goes",
      hints: ["\(other) goes there"])
  }

  static func notApplied(_ revision: String, typed: String, current: [String]) -> MetaxyError {
    let place = current.isEmpty ? "the database is at the base" : "the database is at \(list(current))"
    return MetaxyError(
      .notApplied, "cannot downgrade to `\(revision)`: \(place), which does not lie above it",
      hints: ["\(.upgrade(to: typed)) would go there"])
  }

  static func notAnAncestor(_ revision: String, of upper: [String]) -> MetaxyError {
    MetaxyError(.notAnAncestor, "revision `\(revision)` does not lie below \(list(upper))")
  }

  static func unknownRows(_ rows: [String]) -> MetaxyError {
    let one = rows.count == 1
    return MetaxyError(
      .unknownRows,
      "the database is at \(list(rows)), \(one ? "a revision" : "revisions") that no file here holds",
      hints: [
        "the files may lie on another branch of the repository, or the database may belong to another environment"
      ])
  }

  static func overlappingRows(_ rows: [String], below: [String]) -> MetaxyError {
    MetaxyError(
      .overlappingRows, "the version table holds \(list(rows)), of which \(list(below)) lies below another",
      hints: ["\(.stampPurging()) sets it right"])
  }

  static func relativeStamp(_ typed: String) -> MetaxyError {
    MetaxyError(.invalidRevisionTarget, "`\(typed)` cannot be stamped: name the revision itself")
  }

  static func relativeParent(_ typed: String) -> MetaxyError {
    MetaxyError(.invalidRevisionTarget, "a new revision cannot follow `\(typed)`: name the revision itself")
  }

  static func notAHead(_ revision: String, heads: [String]) -> MetaxyError {
    MetaxyError(
      .notAHead, "revision `\(revision)` is not a head: others follow it",
      hints: ["the heads are \(list(heads))"])
  }

  static func duplicateRevision(_ revision: String, path: String) -> MetaxyError {
    MetaxyError(
      .duplicateRevision, "revision `\(revision)` exists already: `\(path)`",
      hints: ["choose another `--rev-id`"])
  }

  private static func list(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }
}
