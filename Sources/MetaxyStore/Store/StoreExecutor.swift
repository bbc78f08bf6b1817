internal import Dispatch

/// Runs what a store does, one job after another, on a queue of its own: a database call may block, and the threads that all
/// tasks of a program share must not.
final class StoreExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "metaxy.store")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

  /// Runs `work` when the jobs before it are done.
  func run(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }
}
