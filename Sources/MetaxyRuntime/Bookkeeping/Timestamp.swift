#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Points in time as the databases keep them.
enum Timestamp {
  /// The present in UTC with microseconds, in SQLAlchemy's form: `2026-11-22 10:07:31.123456`.
  static var now: String {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    var parts = tm()
    var seconds = time.tv_sec
    gmtime_r(&seconds, &parts)
    let date = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)].map(twoDigits)
    let clock = [Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec)].map(twoDigits)
    let micros = String(time.tv_nsec / 1000)
    return date.joined(separator: "-") + " " + clock.joined(separator: ":") + "."
      + String(repeating: "0", count: 6 - micros.count) + micros
  }

  /// What an engine writes of a time in UTC, in the form of ``now``: PostgreSQL says `2026-11-22 10:07:31.1234+00`.
  static func inUTC(_ text: String) -> String {
    let time = text.prefix { $0 != "+" }
    let parts = time.split(separator: ".", maxSplits: 1)
    guard time.utf8.count >= 19, let seconds = parts.first else { return text }
    let fraction = parts.dropFirst().first ?? ""
    return "\(seconds).\(fraction)" + String(repeating: "0", count: max(0, 6 - fraction.count))
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
