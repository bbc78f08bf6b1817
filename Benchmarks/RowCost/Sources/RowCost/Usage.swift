#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the process has used until now.
struct Usage {
  /// The CPU time, user and system, in seconds.
  let cpu: Double
  /// The most memory, in megabytes.
  let peak: Double

  init() {
    var usage = rusage()
    getrusage(0, &usage)  // RUSAGE_SELF, which every system imports as another type
    cpu = [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1_000_000 }.reduce(0, +)
    // Kilobytes on Linux, bytes on macOS.
    #if canImport(Darwin)
      peak = Double(usage.ru_maxrss) / 1_048_576
    #else
      peak = Double(usage.ru_maxrss) / 1024
    #endif
  }
}
