enum Files {
  // block: // Sources/Features/Video.swift

  // block: // Sources/Features/Derived.swift
}

@Feature("changed") struct Changed {
  var sampleUid: String
  // block:   var height: Int = 1080
}
