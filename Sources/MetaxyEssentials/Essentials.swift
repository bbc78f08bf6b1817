// The part of Foundation that brings no tables of the world's languages, where there is one: on Linux it is a third of the
// size of a static program.
#if canImport(FoundationEssentials)
  @_exported public import FoundationEssentials
#else
  @_exported public import Foundation
#endif
