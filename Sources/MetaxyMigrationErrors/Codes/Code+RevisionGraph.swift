// The history of revisions
// The order of revisions, and the revision that an argument refers to.

package import MetaxyErrors

extension MetaxyError.Code {
  /// The revision files do not form a valid history: a parent is missing, or there is a cycle.
  ///
  /// Correct every file that the error points at.
  package static let brokenHistory = Self("broken_history")

  /// No revision or branch has this name, or the version table holds a revision without a file.
  ///
  /// Use a name that `metaxy history` lists, or restore the missing file.
  package static let unknownRevision = Self("unknown_revision")

  /// A text stands for several revisions.
  ///
  /// Write more characters of the identifier, or name the branch.
  package static let ambiguousRevision = Self("ambiguous_revision")

  /// A text stands for one head, and the history has several.
  ///
  /// Name one of the heads, or use `heads` for all of them.
  package static let multipleHeads = Self("multiple_heads")

  /// The revision is not in the branch that was given with it.
  ///
  /// Remove the branch, or name the one that the revision is in.
  package static let notInBranch = Self("not_in_branch")

  /// A text cannot be read as a revision, or cannot be used for this command.
  ///
  /// Write it in one of the forms that the error lists.
  package static let invalidRevisionTarget = Self("invalid_revision_target")

  /// A relative target such as `+2` leads past the end of the history.
  ///
  /// Use a smaller number.
  package static let relativeTooFar = Self("relative_too_far")

  /// The target of an upgrade is below the database's revision, or that of a downgrade above it.
  ///
  /// Use the command for the other direction.
  package static let wrongWay = Self("wrong_way")

  /// The target of a downgrade is not applied.
  ///
  /// Upgrade to it, or choose an applied revision.
  package static let notApplied = Self("not_applied")

  /// The start of a range is not below its end.
  ///
  /// Exchange the two, or choose others.
  package static let notAnAncestor = Self("not_an_ancestor")

  /// The version table holds revisions without revision files.
  ///
  /// Restore the missing files, or check that the database belongs to this environment.
  package static let unknownRows = Self("unknown_rows")

  /// The version table holds a revision and one of its ancestors, or a revision twice.
  ///
  /// Set the version with `metaxy stamp --purge REVISION`.
  package static let overlappingRows = Self("overlapping_rows")

  /// A revision was inserted below or beside applied ones, and their order matters.
  ///
  /// Both change the same table, or the tables of a statement cannot be determined. Nothing was applied.
  ///
  /// Downgrade to its parent and upgrade again, or merge the branches.
  package static let outOfOrder = Self("out_of_order")

  /// A revision cannot be moved to another parent.
  ///
  /// It is applied, its branch is not a single line, or it changes the same tables as the revisions that it would follow. No
  /// file was changed.
  ///
  /// Join the branches with `metaxy merge`, or write the revision again after the other.
  package static let cannotRebase = Self("cannot_rebase")

  /// Revisions cannot be folded into one baseline.
  ///
  /// A revision outside follows one inside the range, or a run of the baseline would not leave the same catalog and rows. No file
  /// was changed.
  ///
  /// Squash up to another revision.
  package static let cannotSquash = Self("cannot_squash")

  /// A revision that was just generated does not do what it should, in a scratch database.
  ///
  /// The message lists the differences. No file was written.
  ///
  /// Report it. `metaxy revision --autogenerate --no-verify` writes the revision nevertheless, to be corrected by hand.
  package static let revisionDiffers = Self("revision_differs")

  /// The tables of a revision cannot be created in a scratch database, so it is not verified.
  ///
  /// They use something that no definition has, such as a function or the type of an extension.
  ///
  /// Add it to the database at `scratch_url`, or do without the proof.
  package static let unverifiable = Self("unverifiable")

  /// A new revision would follow one that others follow already.
  ///
  /// Let it follow a head.
  package static let notAHead = Self("not_a_head")

  /// Fewer than two revisions were given to `metaxy merge`.
  ///
  /// Name the heads to merge, or name none of them if all are meant.
  package static let nothingToMerge = Self("nothing_to_merge")

  /// Two branches change the same object in ways that cannot be combined.
  ///
  /// Remove one of the two revisions with its record, upgrade to the other, and write it again with `metaxy revision
  /// --autogenerate`.
  package static let conflictingRecords = Self("conflicting_records")

  /// A directory is not one of the environment's directories of revisions, or one of several must be chosen.
  ///
  /// Name one of `version_locations` with `--version-path`.
  package static let unknownVersionPath = Self("unknown_version_path")

  /// The text does not stand for a revision that has a file.
  ///
  /// Use a name that `metaxy history` lists.
  package static let nothingToShow = Self("nothing_to_show")

  /// No editor is set, or the editor failed.
  ///
  /// Set VISUAL or EDITOR, or open the file yourself.
  package static let editorFailed = Self("editor_failed")

  /// The text stands for several revisions, and one is shown at a time.
  ///
  /// Name one of them.
  package static let severalToShow = Self("several_to_show")
}
