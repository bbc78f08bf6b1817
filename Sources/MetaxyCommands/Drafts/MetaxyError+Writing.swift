internal import MetaxyErrors
internal import MetaxyMigrationErrors

// Errors about the name of a new revision file, and about post-write hooks.
extension MetaxyError {
  static func unknownFilePlaceholder(_ text: String) -> MetaxyError {
    MetaxyError(
      .invalidFileTemplate, "`file_template` has an unknown placeholder `\(text)`",
      hints: [
        "the placeholders are %(rev)s, %(slug)s, %(epoch)s, %(year)d, %(month).2d, %(day).2d, %(hour).2d, %(minute).2d, %(second).2d"
      ])
  }

  static func unusableFileName(_ name: String, _ template: String) -> MetaxyError {
    MetaxyError(
      .invalidFileTemplate, "`file_template` `\(template)` gives the file name `\(name)`, which cannot be used",
      hints: ["a file name, and that of a directory before it, must not be empty or begin with a dot"])
  }

  static func unknownVersionPath(_ typed: String, _ locations: [String]) -> MetaxyError {
    MetaxyError(
      .unknownVersionPath, "`\(typed)` is not a directory of revisions", Payload(path: typed),
      hints: ["`version_locations` has \(Wording.list(locations))"])
  }

  static func versionPathMissing(_ locations: [String]) -> MetaxyError {
    MetaxyError(
      .unknownVersionPath, "a revision without parent can go to any of \(Wording.list(locations))",
      hints: ["choose one with `--version-path`"])
  }

  static func unknownTimezone(_ name: String) -> MetaxyError {
    MetaxyError(
      .unknownTimezone, "`timezone` is `\(name)`, which is not a time zone of this machine",
      hints: ["use a name of the tz database, such as `Europe/Berlin`"])
  }

  static func invalidSourceDateEpoch(_ text: String) -> MetaxyError {
    MetaxyError(
      .invalidSourceDateEpoch, "SOURCE_DATE_EPOCH is `\(text)`, which is not a number of seconds since 1970")
  }

  static func hookFailed(_ name: String, _ path: String, reason: String) -> MetaxyError {
    MetaxyError(
      .hookFailed, "the post-write hook `\(name)` failed on `\(path)`: \(reason)", Payload(path: path),
      hints: [
        "the revision is written; run the hook by hand, or remove the file and its record and write the revision again"
      ])
  }
}
