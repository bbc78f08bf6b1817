// swift-tools-version: 6.2

import PackageDescription

// Apart from the package that it measures, which is built without it.
let package = Package(
  name: "RowCost",
  platforms: [.macOS(.v13)],
  dependencies: [.package(name: "metaxy", path: "../..", traits: [])],
  targets: [
    .executableTarget(
      name: "RowCost",
      dependencies: [.product(name: "Metaxy", package: "metaxy"), .product(name: "MetaxyStore", package: "metaxy")],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)])
  ]
)
