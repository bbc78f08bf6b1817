internal import MetaxyErrors
internal import MetaxyMigrationErrors

extension MetaxyError {
  /// - Parameter missing: the revisions without a file that others name.
  static func brokenHistory(_ problems: [Diagnostic], missing: [String]) -> MetaxyError {
    let message =
      problems.count == 1 ? problems[0].message : "the revision history is invalid: \(problems.count) problems"
    return MetaxyError(
      .brokenHistory, message,
      hints: missing.prefix(3).map {
        "if it was deleted, \(.repair($0, .restore)) writes the file of `\($0)` again from the log of a database"
      }, diagnostics: problems)
  }

  static func unknownRevision(_ name: String, known: [String]) -> MetaxyError {
    MetaxyError(
      .unknownRevision, "no revision or branch is named `\(name)`", Payload(revision: name),
      hints: [.didYouMean(name, in: known.sorted()) ?? "\(.history()) lists the revisions"])
  }

  static func unknownBranch(_ name: String, known: [String]) -> MetaxyError {
    MetaxyError(
      .unknownRevision, "no branch is named `\(name)`", Payload(revision: name),
      hints: [.didYouMean(name, in: known.sorted()) ?? "\(.history()) lists the revisions with their branches"])
  }

  static func ambiguousRevision(_ name: String, _ found: [String]) -> MetaxyError {
    MetaxyError(
      .ambiguousRevision, "several revisions begin with `\(name)`: \(Wording.list(found))",
      Payload(revision: name), hints: ["write more characters"])
  }

  static func multipleHeads(_ typed: String, _ heads: [String]) -> MetaxyError {
    MetaxyError(
      .multipleHeads, "`\(typed)` must be one revision, but there are \(heads.count): \(Wording.list(heads))",
      hints: [
        "name one of them, or use `heads` for all of them or `LABEL@head` for the head of a branch",
        "\(.merge(heads)) joins them in one revision",
      ])
  }

  static func notInBranch(_ revision: String, _ branch: String) -> MetaxyError {
    MetaxyError(.notInBranch, "revision `\(revision)` is not in branch `\(branch)`", Payload(revision: revision))
  }

  static func invalidRevisionTarget(_ text: String) -> MetaxyError {
    MetaxyError(
      .invalidRevisionTarget, "`\(text)` is not a revision",
      hints: ["write an identifier or its beginning, `head`, `heads`, `base`, `+1`, `-1`, `ID+1` or `LABEL@head`"])
  }

  static func invalidRevisionRange(_ text: String) -> MetaxyError {
    MetaxyError(
      .invalidRevisionTarget, "`\(text)` is not a range of revisions",
      hints: ["write `START:END`, `START:` or `:END`"])
  }

  static func relativeTooFar(_ typed: String) -> MetaxyError {
    MetaxyError(
      .relativeTooFar, "`\(typed)` leads past the end of the history")
  }

  static func ambiguousStep(_ typed: String, _ next: [String]) -> MetaxyError {
    MetaxyError(
      .ambiguousRevision, "`\(typed)` is ambiguous: the history branches there into \(Wording.list(next))",
      hints: ["name the revision, or its branch as in `LABEL@\(typed)`"])
  }

  static func severalCurrent(_ typed: String, _ current: [String]) -> MetaxyError {
    MetaxyError(
      .ambiguousRevision,
      "`\(typed)` is ambiguous: the database is at several revisions: \(Wording.list(current))",
      hints: ["name the revision, or the branch as in `\(current.first ?? "LABEL")@\(typed)`"])
  }

  static func wrongWay(_ typed: String, _ direction: RevisionDirection) -> MetaxyError {
    let other: SuggestedCommand = direction == .upgrade ? .downgrade(to: typed) : .upgrade(to: typed)
    return MetaxyError(
      .wrongWay, "`\(typed)` is not a target of \(direction.rawValue)",
      hints: ["\(other) goes there"])
  }

  static func notApplied(_ revision: String, typed: String, current: [String]) -> MetaxyError {
    let place = current.isEmpty ? "the database is at the base" : "the database is at \(Wording.list(current))"
    return MetaxyError(
      .notApplied, "cannot downgrade to `\(revision)`: \(place), which is not above it",
      hints: ["\(.upgrade(to: typed)) upgrades to it"])
  }

  static func notAnAncestor(_ revision: String, of upper: [String]) -> MetaxyError {
    MetaxyError(
      .notAnAncestor, "revision `\(revision)` is not below \(Wording.list(upper))", Payload(revision: revision))
  }

  static func unknownRows(_ rows: [String]) -> MetaxyError {
    let one = rows.count == 1
    return MetaxyError(
      .unknownRows,
      "the database is at \(Wording.list(rows)), \(one ? "a revision" : "revisions") without a revision file",
      Payload(revision: rows.first),
      hints: [
        "the files may be on another branch of the repository, or the database may belong to another environment"
      ])
  }

  static func overlappingRows(_ rows: [String], below: [String]) -> MetaxyError {
    MetaxyError(
      .overlappingRows,
      "the version table contains \(Wording.list(rows)), but \(Wording.list(below)) is an ancestor of another one",
      hints: ["\(.stampPurging()) sets the version"])
  }

  static func relativeStamp(_ typed: String) -> MetaxyError {
    MetaxyError(.invalidRevisionTarget, "`\(typed)` cannot be stamped: use the identifier of the revision")
  }

  static func relativeParent(_ typed: String) -> MetaxyError {
    MetaxyError(.invalidRevisionTarget, "a new revision cannot follow `\(typed)`: use the identifier of the revision")
  }

  static func notAHead(_ revision: String, heads: [String]) -> MetaxyError {
    MetaxyError(
      .notAHead, "revision `\(revision)` is not a head: other revisions follow it", Payload(revision: revision),
      hints: ["the heads are \(Wording.list(heads))", "`--splice` begins a new branch at `\(revision)`"])
  }

  static func nothingToMerge(_ found: [String], heads: [String]) -> MetaxyError {
    let reason = found.isEmpty ? "there are no revisions" : "`\(found[0])` is the only one that is named"
    return MetaxyError(
      .nothingToMerge, "there is nothing to merge: \(reason)", Payload(revision: found.first),
      hints: heads.count > 1 ? ["the heads are \(Wording.list(heads))"] : [])
  }

  static func duplicateBranch(_ label: String, path: String) -> MetaxyError {
    MetaxyError(
      .duplicateRevision, "the name `\(label)` is taken by `\(path)`", Payload(path: path),
      hints: ["choose another `--branch-label`"])
  }

  static func duplicateRevision(_ revision: String, path: String) -> MetaxyError {
    MetaxyError(
      .duplicateRevision, "revision `\(revision)` already exists: `\(path)`", Payload(path: path, revision: revision),
      hints: ["choose another `--rev-id`"])
  }

}
