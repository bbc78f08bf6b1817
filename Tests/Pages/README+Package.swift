import PackageDescription

func manifest() -> Package {
  Package(
    name: "shop",
    // block: dependencies: [
  )
}
