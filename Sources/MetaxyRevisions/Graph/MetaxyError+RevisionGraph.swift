internal import MetaxyErrors

extension MetaxyError.Code {
  static let unknownRevision = Self("unknown_revision")
}

extension MetaxyError {
  static func brokenHistory(_ problems: [Diagnostic]) -> MetaxyError {
    let message =
      problems.count == 1 ? problems[0].message : "the revisions form no history: \(problems.count) problems"
    return MetaxyError(Code("broken_history"), message, diagnostics: problems)
  }

  static func unknownRevision(_ name: String, known: [String]) -> MetaxyError {
    let meant = Suggestion.closest(to: name, in: known.sorted()).map { "did you mean `\($0)`?" }
    return MetaxyError(
      .unknownRevision, "no revision or branch is called `\(name)`",
      hints: [meant ?? "`metaxy history` lists the revisions"])
  }

  static func unknownBranch(_ name: String, known: [String]) -> MetaxyError {
    let meant = Suggestion.closest(to: name, in: known.sorted()).map { "did you mean `\($0)`?" }
    return MetaxyError(
      .unknownRevision, "no branch is called `\(name)`",
      hints: [meant ?? "`metaxy branches` lists the branches"])
  }

  static func ambiguousRevision(_ name: String, _ found: [String]) -> MetaxyError {
    MetaxyError(
      Code("ambiguous_revision"), "several revisions begin with `\(name)`: \(list(found))", hints: ["write more of it"])
  }

  static func multipleHeads(_ typed: String, _ heads: [String]) -> MetaxyError {
    MetaxyError(
      Code("multiple_heads"), "`\(typed)` means one revision, but there are \(heads.count): \(list(heads))",
      hints: [
        "name one of them, write `heads` for all, or `LABEL@head` for a branch's", "`metaxy merge heads` joins them",
      ])
  }

  static func notInBranch(_ revision: String, _ branch: String) -> MetaxyError {
    MetaxyError(Code("not_in_branch"), "revision `\(revision)` is not in branch `\(branch)`")
  }

  static func invalidRevisionTarget(_ text: String) -> MetaxyError {
    MetaxyError(
      Code("invalid_revision_target"), "`\(text)` names no revision",
      hints: ["write an identifier or its beginning, `head`, `heads`, `base`, `+1`, `-1`, `ID+1` or `LABEL@head`"])
  }

  static func invalidRevisionRange(_ text: String) -> MetaxyError {
    MetaxyError(
      Code("invalid_revision_target"), "`\(text)` is no range of revisions",
      hints: ["write `START:END`, `START:` or `:END`"])
  }

  static func relativeTooFar(_ typed: String) -> MetaxyError {
    MetaxyError(
      Code("relative_too_far"), "`\(typed)` leads past the end of the history: there are not so many revisions")
  }

  static func ambiguousStep(_ typed: String, _ next: [String]) -> MetaxyError {
    MetaxyError(
      Code("ambiguous_revision"), "`\(typed)` leads to a place where the history divides into \(list(next))",
      hints: ["name the revision, or its branch as in `LABEL@\(typed)`"])
  }

  static func severalCurrent(_ typed: String, _ current: [String]) -> MetaxyError {
    MetaxyError(
      Code("ambiguous_revision"),
      "`\(typed)` can count from each of the database's current revisions: \(list(current))",
      hints: ["name the revision, or the branch as in `\(current.first ?? "LABEL")@\(typed)`"])
  }

  static func wrongWay(_ typed: String, _ direction: RevisionDirection) -> MetaxyError {
    let other = direction == .upgrade ? RevisionDirection.downgrade : .upgrade
    return MetaxyError(
      Code("wrong_way"), "`\(typed)` does not lie where \(direction.rawValue) goes",
      hints: ["`metaxy \(other.rawValue) \(typed)` goes there"])
  }

  static func notApplied(_ revision: String, typed: String, current: [String]) -> MetaxyError {
    let place = current.isEmpty ? "the database is at the base" : "the database is at \(list(current))"
    return MetaxyError(
      Code("not_applied"), "cannot downgrade to `\(revision)`: \(place), which does not lie above it",
      hints: ["`metaxy upgrade \(typed)` would go there"])
  }

  static func notAnAncestor(_ revision: String, of upper: [String]) -> MetaxyError {
    MetaxyError(Code("not_an_ancestor"), "revision `\(revision)` does not lie below \(list(upper))")
  }

  static func unknownRows(_ rows: [String]) -> MetaxyError {
    let one = rows.count == 1
    return MetaxyError(
      Code("unknown_rows"),
      "the database is at \(list(rows)), \(one ? "a revision" : "revisions") that no file here holds",
      hints: [
        "the files may lie on another branch of the repository, or the database may belong to another environment"
      ])
  }

  static func overlappingRows(_ rows: [String], below: [String]) -> MetaxyError {
    MetaxyError(
      Code("overlapping_rows"), "the version table holds \(list(rows)), of which \(list(below)) lies below another",
      hints: ["`metaxy stamp --purge REVISION` sets it right"])
  }

  static func relativeStamp(_ typed: String) -> MetaxyError {
    MetaxyError(Code("invalid_revision_target"), "`\(typed)` cannot be stamped: name the revision itself")
  }

  static func relativeParent(_ typed: String) -> MetaxyError {
    MetaxyError(Code("invalid_revision_target"), "a new revision cannot follow `\(typed)`: name the revision itself")
  }

  static func notAHead(_ revision: String, heads: [String]) -> MetaxyError {
    MetaxyError(
      Code("not_a_head"), "revision `\(revision)` is not a head: others follow it",
      hints: ["the heads are \(list(heads))", "`--splice` begins a new branch there"])
  }

  static func duplicateRevision(_ revision: String, path: String) -> MetaxyError {
    MetaxyError(
      Code("duplicate_revision"), "revision `\(revision)` exists already: `\(path)`",
      hints: ["choose another `--rev-id`"])
  }

  private static func list(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }
}
