internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyTime
internal import MetaxyTimeZones

/// Generates a revision file's name from a `file_template`, in Alembic's syntax:
/// `%(year)d_%(month).2d_%(rev)s_%(slug)s`.
struct RevisionFileName {
  let template: String
  let timezone: String?

  func name(revision: String, slug: String, created: RevisionTime) throws(MetaxyError) -> String {
    let time = try localTime(created)
    let (date, clock) = (time.date, time.clock)
    let numbers: [String: Int] = [
      "year": date.year, "month": date.month, "day": date.day, "hour": clock.hours, "minute": clock.minutes,
      "second": clock.seconds, "epoch": created.secondsSince1970,
    ]
    var name = ""
    var rest = Substring(template)
    while let percent = rest.firstIndex(of: "%") {
      name += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
      // `%%(rev)s` is `%(rev)s` as alembic.ini has it, where a percent sign is doubled.
      if rest.hasPrefix("%(") { rest = rest.dropFirst() }
      if rest.first == "%" {
        name += "%"
        rest = rest.dropFirst()
        continue
      }
      let (word, format, tail) = try placeholder(rest)
      switch word {
      case "rev": name += revision
      case "slug": name += slug
      default:
        guard let number = numbers[word] else { throw .unknownFilePlaceholder("%(\(word))\(format)") }
        name += padded(number, format)
      }
      rest = tail
    }
    name += rest
    // Directories are created; those that begin with a dot are not searched for revisions.
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else { throw .unusableFileName(name, template) }
    return name + ".sql"
  }

  /// Parses `(month).2d` and returns its key, its format and the rest.
  private func placeholder(
    _ text: Substring
  ) throws(MetaxyError) -> (word: String, format: Substring, tail: Substring) {
    guard text.first == "(", let close = text.firstIndex(of: ")"),
      let end = text[close...].firstIndex(where: { $0 == "d" || $0 == "s" })
    else { throw .unknownFilePlaceholder("%\(text.prefix(12))") }
    let format = text[text.index(after: close)...end]
    return (String(text[text.index(after: text.startIndex)..<close]), format, text[text.index(after: end)...])
  }

  /// Pads a number: `.2d` and `02d` require at least two digits.
  private func padded(_ number: Int, _ format: Substring) -> String {
    let text = String(number)
    let width = Int(format.drop { $0 == "." }.dropLast()) ?? 0
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// The time in the configured time zone; UTC by default.
  private func localTime(_ created: RevisionTime) throws(MetaxyError) -> Timestamp {
    guard let timezone, timezone.uppercased() != "UTC" else { return created.timestamp }
    // As in Alembic, `est5edt` is `EST5EDT`.
    let paths = [timezone, timezone.uppercased()].map { "/usr/share/zoneinfo/\($0)" }
    guard !timezone.hasPrefix("/"), let path = paths.first(where: { Files.kind(of: $0) == .file }),
      let zone = TimeZoneFile(try Files.bytes(at: path))
    else { throw .unknownTimezone(timezone) }
    let seconds = created.secondsSince1970
    let offset = Int64(zone.offset(at: seconds)) * Timestamp.second
    return Timestamp(microseconds: created.timestamp.microseconds + offset) ?? created.timestamp
  }
}

extension RevisionFileName {
  /// Returns the name of a revision's file by the settings of its environment.
  static func name(
    of file: RevisionFile, created: RevisionTime, in settings: MigrationEnvironment
  ) throws(MetaxyError) -> String {
    let slug = RevisionName.slug(of: file.message, limit: settings.slugLength)
    guard settings.fileTemplate != nil || settings.timezone != nil else {
      return RevisionName.fileName(
        revision: file.revision, created: created, message: file.message, slugLimit: settings.slugLength)
    }
    let template =
      settings.fileTemplate
      ?? "%(year)d%(month).2d%(day).2d%(hour).2d%(minute).2d%(second).2d_%(rev)s" + (slug.isEmpty ? "" : "_%(slug)s")
    return try RevisionFileName(template: template, timezone: settings.timezone)
      .name(revision: file.revision, slug: slug, created: created)
  }
}
