import Glibc

/// The parser that `METAXY_FUZZ_TARGET` names.
private let target: FuzzTarget = {
  let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
  guard let name = getenv("METAXY_FUZZ_TARGET"), let target = FuzzTarget(rawValue: String(cString: name)) else {
    fatalError("METAXY_FUZZ_TARGET must be one of \(names)")
  }
  return target
}()

/// What libFuzzer calls for each input. https://llvm.org/docs/LibFuzzer.html#fuzz-target
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
