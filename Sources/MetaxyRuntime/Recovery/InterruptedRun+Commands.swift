package import MetaxyErrors
internal import MetaxyRevisions

// The two ways out of an interrupted run. `-1` is the interrupted step of a downgrade, and counts a half-applied revision.
extension RevisionLog.Entry {
  private var isUpgrade: Bool { direction == RevisionDirection.upgrade.rawValue }

  /// The command that finishes the run, or its undoing.
  package var finishing: SuggestedCommand { isUpgrade ? .upgrade(to: revision) : .downgrade(to: "-1") }

  /// The command that undoes what the run did.
  package var undoing: SuggestedCommand { isUpgrade ? .downgrade(to: "-1") : .upgrade(to: revision) }
}
