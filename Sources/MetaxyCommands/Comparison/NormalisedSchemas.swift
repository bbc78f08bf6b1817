internal import MetaxySchema

/// Schemas whose text can be compared: what the engine reads as the same is written the same.
struct NormalisedSchemas {
  let desired: DesiredSchema
  /// The owned objects of the database in the text of the desired ones, before and after the declared renames.
  let live: RenamedSchema
  var pending: Pending?

  /// The revisions that are not applied yet, with the tables that they change, compared with the records before them.
  struct Pending {
    let revisions: PendingRevisions
    /// The tables that the pending revisions change, as the applied revisions made them.
    let recorded: Schema
    /// The same tables as they are, in the text of the recorded ones.
    let live: LiveSchema
  }
}
