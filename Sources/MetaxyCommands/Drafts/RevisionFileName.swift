internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyRevisions

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Generates a revision file's name from a `file_template`, in Alembic's syntax:
/// `%(year)d_%(month).2d_%(rev)s_%(slug)s`.
struct RevisionFileName {
  let template: String
  let timezone: String?

  func name(revision: String, slug: String, created: RevisionTime) throws(MetaxyError) -> String {
    let time = try localTime(created)
    let numbers: [String: Int] = [
      "year": Int(time.tm_year) + 1900, "month": Int(time.tm_mon) + 1, "day": Int(time.tm_mday),
      "hour": Int(time.tm_hour), "minute": Int(time.tm_min), "second": Int(time.tm_sec),
      "epoch": created.secondsSince1970,
    ]
    var name = ""
    var rest = Substring(template)
    while let percent = rest.firstIndex(of: "%") {
      name += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
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
    guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else { throw .unusableFileName(name, template) }
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

  /// The date in the time zone that the project names; UTC without one.
  private func localTime(_ created: RevisionTime) throws(MetaxyError) -> tm {
    var time = tm()
    var seconds = created.secondsSince1970
    guard let timezone, timezone.uppercased() != "UTC" else {
      gmtime_r(&seconds, &time)
      return time
    }
    // The C library takes what it does not know for UTC, without a word.
    guard !timezone.hasPrefix("/"), Files.kind(of: "/usr/share/zoneinfo/\(timezone)") == .file else {
      throw .unknownTimezone(timezone)
    }
    setenv("TZ", timezone, 1)
    tzset()
    localtime_r(&seconds, &time)
    return time
  }
}
