/// The expressions that the project does not use, each with the better one.
///
/// An engineer who knows Alembic and PostgreSQL must not stop at a word: plain, modern, technical English.
enum ProseRules {
  static let all: [ProseRule] = glossary + archaic + vague

  /// Words of this field that have one name here.
  private static let glossary: [ProseRule] = [
    ProseRule(
      pattern: "anew", better: "rebuild; again", hit: "the table is made anew", miss: "the table is renewed"),
    ProseRule(
      pattern: "made|make|makes|making again", better: "rebuild, create", hit: "it is made again",
      miss: "create it again"),
    ProseRule(
      pattern: "nobody's|nobodys", better: "unmanaged, not managed", hit: "domains are nobody's",
      miss: "domains are not managed"),
    ProseRule(
      pattern: "somebody|someone else's", better: "unmanaged; another program, another user",
      hit: "somebody else's tables",
      miss: "another program's tables"),
    ProseRule(
      pattern: "nobody|somebody", better: "no one; a user, another program", hit: "what nobody reads",
      miss: "what no one reads"),
    ProseRule(
      pattern: "books", better: "version table, log table, bookkeeping tables", hit: "the tables of the books",
      miss: "the bookkeeping tables"),
    ProseRule(
      pattern: "says|say|said|saying", better: "reports, states, contains, documents", hit: "the file says so",
      miss: "the file contains it"),
    ProseRule(
      pattern: "tells|tell|told|telling", better: "reports, returns, shows; distinguishes", hit: "isTold of it",
      miss: "it is reported"),
    ProseRule(
      pattern: "go|goes|going|went|gone on with|from|at", better: "resume, continue",
      hit: "the next run goes on with it",
      miss: "the next run resumes it"),
    ProseRule(
      pattern: "goes|go|going on", better: "continues", exceptions: ["go|goes|going on to|with|from|at"],
      hit: "the run goes on", miss: "the run continues"),
    ProseRule(
      pattern: "finish|finishes|finished a killed|interrupted", better: "resume an interrupted",
      hit: "finishes a killed run",
      miss: "resumes an interrupted run"),
    ProseRule(
      pattern: "halfway", better: "interrupted, partially applied", hit: "it ended halfway", miss: "half of it"),
    ProseRule(
      pattern: "fill|fills|filled|filling in", better: "backfill; set, generate, replace",
      exceptions: ["fill|fills|filled|filling in the|a|one|each|parts"], hit: "what fills in values",
      miss: "rows are backfilled"),
    ProseRule(
      pattern: "rows that|which exist", better: "existing rows", hit: "rows that exist get it",
      miss: "existing rows get it"),
    ProseRule(
      pattern: "in the way", better: "conflicts, violates, blocks, prevents", exceptions: ["in the way that|of|in"],
      hit: "rows are in the way", miss: "quoted in the way that SQLite does"),
    ProseRule(
      pattern: "forbid|forbids|forbade|forbidden", better: "refuse, disallow", hit: "an index that forbids it",
      miss: "an index that does not allow it"),
    ProseRule(pattern: "permit|permits|permitted", better: "allow", hit: "it is permitted", miss: "permission denied"),
    ProseRule(pattern: "mind|minds|minded", better: "refuse, object", hit: "nobody minds", miss: "mindful"),
    ProseRule(
      pattern: "other words than", better: "drift, differs from", hit: "it has other words than the file",
      miss: "words other than these"),
    ProseRule(
      pattern: "is|are|was not as it|they was|were|is|are", better: "has drifted, has changed",
      hit: "the table is not as it was",
      miss: "the table has changed"),
    ProseRule(
      pattern: "in the words of", better: "normalise, in the form of", hit: "in the words of the server",
      miss: "in the form of the server"),
    ProseRule(
      pattern: "aligned|aligns|align", better: "normalise, canonical form",
      // Properties of CSS.
      exceptions: ["align items", "text align", "vertical align"], hit: "isAligned", miss: "isNormalised"),
    ProseRule(
      pattern: "demand|demands|demanded", better: "precondition, preflight check", hit: "SQLiteNewDemands",
      miss: "on request"),
    ProseRule(
      pattern: "looked|looks|look at", better: "check, inspect, read", hit: "the rows are looked at",
      miss: "look up the rows"),
    ProseRule(
      pattern: "what is there", better: "live schema, existing objects", hit: "what is there", miss: "what is live"),
    ProseRule(
      pattern: "what is|was asked for", better: "desired schema, request", hit: "what is asked for",
      miss: "what is desired"),
    ProseRule(
      pattern: "given|chosen name|names", better: "explicit name, generated name", hit: "a chosen name",
      miss: "an explicit name"),
    ProseRule(
      pattern: "name|names given", better: "explicit name", hit: "the namesGiven", miss: "explicit names"),
    ProseRule(
      pattern: "surroundings", better: "dependent objects; schemas, types and sequences", hit: "SchemaSurroundings",
      miss: "dependent objects"),
    ProseRule(
      pattern: "stand|stands|stood|standing in the way", better: "conflicts, prevents", hit: "what stands in the way",
      miss: "what conflicts"),
    ProseRule(
      pattern: "put|puts|putting back", better: "restore", hit: "it is put back", miss: "restores the rows"),
    ProseRule(pattern: "mend|mends|mended", better: "fix, repair", hit: "mend these rows", miss: "amend the commit"),
    ProseRule(pattern: "shall|shalt", better: "must, is", hit: "as it shall be", miss: "a shallow copy"),
    ProseRule(
      pattern: "is|are|be none of", better: "is not one of", hit: "it is none of them", miss: "none of them is"),
    ProseRule(
      pattern: "is|are|was|were no", better: "is not a",
      exceptions: ["there is|are|was|were no", "is|are|was|were no longer|more", "is|are|was|were no fewer|less"],
      hit: "that is no revision", miss: "there is no revision"),
    ProseRule(
      pattern: "goes|go|going|went|gone wrong", better: "fails", hit: "what goes wrong", miss: "what fails"),
    ProseRule(
      pattern: "ends|end|ended badly", better: "fails", hit: "a run that ended badly", miss: "a run that failed"),
  ]

  /// Words that people no longer use, or only in literature.
  private static let archaic: [ProseRule] = [
    ProseRule(
      pattern: "at hand", better: "current, available", hit: "the transaction at hand", miss: "the current transaction"),
    ProseRule(pattern: "of ours", better: "metaxy's", hit: "a table of ours", miss: "our table"),
    ProseRule(pattern: "but for", better: "except", hit: "all but for the last", miss: "all except the last"),
    ProseRule(pattern: "lest", better: "so that … not", hit: "lest it fails", miss: "at least"),
    ProseRule(
      pattern: "whoever|whomever", better: "any user, any program", hit: "whoever runs it", miss: "who runs it"),
    ProseRule(
      pattern: "stands|stand|stood|standing", better: "is, is written; represents",
      exceptions: ["stand|stands|stood for", "stand in for"],
      hit: "where it stands", miss: "what it stands for"),
    ProseRule(pattern: "drawer", better: "namespace", hit: "in one drawer", miss: "in one namespace"),
    ProseRule(pattern: "business", better: "managed by", hit: "not its business", miss: "not managed"),
    ProseRule(
      pattern: "to be had", better: "available", hit: "a lock was not to be had", miss: "a lock was not available"),
    ProseRule(pattern: "to the letter", better: "exactly", hit: "kept to the letter", miss: "a letter"),
    ProseRule(pattern: "without a word", better: "silently", hit: "cut without a word", miss: "cut silently"),
    ProseRule(
      pattern: "in vain", better: "without success", hit: "it waited in vain", miss: "it timed out"),
  ]

  /// Phrases that have a shorter form.
  private static let vague: [ProseRule] = [
    ProseRule(
      pattern: "the other one|ones", better: "the other, the second", hit: "the other one waits",
      miss: "the other waits"),
    ProseRule(
      pattern: "that|which is|are not there", better: "missing, does not exist", hit: "a table that is not there",
      miss: "a missing table"),
    ProseRule(
      pattern: "that|which is|are there", better: "existing", exceptions: ["that|which is|are there to"],
      hit: "the rows that are there", miss: "the existing rows"),
    ProseRule(
      pattern: "those that there", better: "the existing ones", hit: "those that there are", miss: "the existing ones"),
  ]
}
