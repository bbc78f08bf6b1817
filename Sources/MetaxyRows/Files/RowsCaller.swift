internal import MetaxyErrors

/// Who asks for rows in files; the hints of errors name its own options.
package enum RowsCaller: Sendable, Hashable {
  case command, program

  /// How all rows of a sample are exported.
  var allRows: Hint {
    switch self {
    case .command: "`--history` exports all rows of a sample"
    case .program: "`history: true` exports all rows of a sample"
    }
  }

  /// What to do about a value that has no form in a file.
  var withoutValue: Hint {
    switch self {
    case .command: "correct the value, or leave the column out with `--columns`"
    case .program: "correct the value, or export the other columns with `columns:`"
    }
  }

  /// How an existing file is replaced.
  var replacing: Hint {
    switch self {
    case .command: "`--overwrite` replaces it"
    case .program: "`overwriting: true` replaces it"
    }
  }

  /// How the rows that are in the table already are left out.
  var skipping: Hint {
    switch self {
    case .command: "`--skip-existing` imports the others; nothing was written"
    case .program: "`skippingExisting: true` imports the others; nothing was written"
    }
  }

  /// How the format of a file is given.
  var format: Hint {
    switch self {
    case .command: "add `--format csv` or `--format jsonl`"
    case .program: "pass `as: .csv` or `as: .jsonl`"
    }
  }

  /// What to do about a file without the columns that a store computes.
  var versions: Hint {
    switch self {
    case .command:
      "the command does not compute data versions: export the rows with them, or write them by a program with `MetadataStore`"
    case .program:
      "an import does not compute data versions: export the rows with them, or decode them and call `write`"
    }
  }
}
