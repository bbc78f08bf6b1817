import Foundation
import MetaxyFileWriting
import MetaxyFiles
import MetaxyLintRules
import MetaxyTestSupport
import Testing

/// The page of the rules, which is made from the rules. `make catalogue` writes it.
@Suite struct LintRulePageTests {
  private static let page = Repository.path("Sources/Metaxy/Metaxy.docc/LintRules.md")

  @Test func thePageIsCurrent() throws {
    if ProcessInfo.processInfo.environment["METAXY_WRITE_CATALOGUE"] != nil {
      try Files.write(Self.text, to: Self.page, replacing: true)
    }
    #expect(try Files.text(at: Self.page) == Self.text, "run `make catalogue`")
  }

  private static var text: String {
    let groups = LintRule.Group.allCases.map { group in
      let rows = LintRule.all.filter { $0.group == group }.map { rule in
        let engines = rule.dialects.count == 2 ? "both" : rule.dialects.joined()
        return "| `\(rule.code)` | \(engines) | \(rule.severity.rawValue) | \(rule.summary) | \(rule.alternative) |"
      }
      return "## \(group.rawValue)\n\n| code | engine | severity | what | instead |\n|---|---|---|---|---|\n"
        + rows.map { $0 + "\n" }.joined()
    }
    return introduction + "\n" + groups.joined(separator: "\n")
  }

  private static let introduction = """
    # Rules of lint

    What `metaxy lint` finds in revisions, and the safe alternatives.

    ## Overview

    `metaxy lint` reads the statements of revisions together with their records, and no database. A record shows what a
    statement changes: the old type of a column, whether a table is new, which check replaces which. So a rule is silent
    where nothing can happen: `VARCHAR(2)` to `VARCHAR(3)`, a check that only allows more, a foreign key of a new column that
    is NULL in all rows, anything on a table that the same revision creates.

    ```
    $ metaxy lint
    migrations/versions/20261116_5be8d2460f71_index_crops.sql:8: warning: PG101 (postgresql): no session can write to `crop` while the index is built
      instead: `CREATE INDEX CONCURRENTLY` in a section with `transaction:false`
    1 warning and 0 advice in 1 revision
    ```

    Without an argument, the pending revisions are read; where there is no database, as in a CI job, the heads. `metaxy lint
    --since REVISION` reads what a branch adds, `metaxy lint FROM:TO` a range with both ends. `--downgrade` reads the sections
    of downgrades too, where a loss of what the upgrade created is not a finding.

    The command exits with 2 if there is a warning. Advice does not fail it, except with `--strict`. A change that rows can fail
    is advice where the revision counts such rows before anything runs, as generated revisions do (`metaxy:requires`, see
    <doc:RevisionFiles>), and a warning otherwise.

    A generated revision builds an index before it drops the one that it replaces, under a temporary name if both have the same,
    and has the finding `IX101` only where it must drop first: a unique constraint that gets another name, because rows that the
    revision writes may break it, and an index whose name another object takes.

    `--measure` runs the statements for PostgreSQL in a scratch database that has the tables of the records without rows. Rewrites
    are then measured by the files of the tables instead of assumed, also those of functions that only the database knows; so
    are the locks of code whose text shows no change. A revision whose statements cannot run there is reported, and its text is
    read instead.

    `-- metaxy:allow CODE reason` above a statement accepts a finding. The codes `DS102` to `DS105` are those of the runner: the
    same line is the consent to the loss. An allowance that matches nothing is a finding itself.

    ## Rules of a project

    `metaxy.toml` changes rules for all revisions, or for those of one environment, `user` or `system`, which goes first:

    ```toml
    [ext.migrations.lint]
    off = ["PG101"]
    advice = ["MF104"]
    error = ["DS102", "DS103"]

    [ext.migrations.lint.system]
    off = ["MF103"]
    ```

    | key | findings of these rules |
    |---|---|
    | `off` | are not reported |
    | `advice` | do not fail the command, except with `--strict` |
    | `warning` | fail the command, also where the revision counts the rows first |
    | `error` | fail the command, and are errors for services |

    An unknown code is an error. `metaxy:allow` lines of a rule that is off count as before: one that matches nothing is still
    found. To turn a rule off does not consent to a loss: a statement that loses data is refused until its own line allows it.

    ## Findings at their lines

    `--format github` prints a workflow command of GitHub Actions for each finding, and `--format sarif` a log for code scanning,
    with the rules, their alternatives, and each finding at the line of its statement: `error`, `warning`, or a note for advice.
    See <doc:ContinuousIntegration>.

    """
}
