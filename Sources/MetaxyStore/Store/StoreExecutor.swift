internal import Dispatch

/// Runs the jobs of a store one after the other on a separate queue: a database call may block, and the threads that
/// all tasks of a program share must not.
final class StoreExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "metaxy.store")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

  /// Runs `work` after the earlier jobs.
  func run(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }
}
