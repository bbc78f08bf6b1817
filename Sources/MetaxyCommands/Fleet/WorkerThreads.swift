internal import MetaxyPlatform

/// Threads for work that waits for servers and files, so that there can be more of them than cores.
enum WorkerThreads {
  /// Runs `body` on up to `count` threads, calls `meanwhile` on this one with the number of calls of `body`, and returns
  /// when all have ended.
  static func run(_ count: Int, _ body: @escaping @Sendable () -> Void, meanwhile: (_ started: Int) -> Void) {
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    defer { attributes.deallocate() }
    pthread_attr_init(attributes)
    // As the first thread has: parsers are recursive.
    pthread_attr_setstacksize(attributes, 8 << 20)
    defer { pthread_attr_destroy(attributes) }
    var threads: [pthread_t] = []
    for _ in 0..<count {
      guard let thread = start(Work(body), attributes) else { break }
      threads.append(thread)
    }
    // Without a thread the work is still done, one after another.
    if threads.isEmpty { body() }
    meanwhile(max(1, threads.count))
    for thread in threads { pthread_join(thread, nil) }
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private static func start(_ work: Work, _ attributes: UnsafeMutablePointer<pthread_attr_t>) -> pthread_t? {
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    // Owned by the thread, which releases it.
    let owned = Unmanaged.passRetained(work).toOpaque()
    guard pthread_create(&thread, attributes, entry, owned) == 0 else {
      Unmanaged<Work>.fromOpaque(owned).release()
      return nil
    }
    return thread
  }

  #if canImport(Darwin)
    private static let entry: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { context in
      Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
      return nil
    }
  #else
    private static let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
      return nil
    }
  #endif
}
