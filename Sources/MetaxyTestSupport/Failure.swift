package import MetaxyErrors

/// Returns the error that `body` throws; nil if it throws none.
package func failure(_ body: () throws(MetaxyError) -> Void) -> MetaxyError? {
  do {
    try body()
    return nil
  } catch {
    return error
  }
}
