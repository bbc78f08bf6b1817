internal import MetaxySchema

/// Schemas whose expressions can be compared as text: equivalent expressions have the same text.
struct NormalisedSchemas {
  let desired: DesiredSchema
  /// The owned objects of the database, normalised to the desired ones, before and after the declared renames.
  var live: RenamedSchema
  var pending: Pending?

  /// The revisions that are not applied yet, and the tables that they change, as recorded and as live.
  struct Pending {
    let revisions: PendingRevisions
    /// The tables that the pending revisions change, as the applied revisions left them.
    let recorded: Schema
    /// The same tables in the live schema, normalised to the recorded ones.
    let live: LiveSchema
  }
}
