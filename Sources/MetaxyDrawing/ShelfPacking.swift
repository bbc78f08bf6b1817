/// Packs rectangles in rows, in their order.
struct ShelfPacking {
  private let gap: Int
  private let limit: Int
  private var x = 0
  private var y = 0
  private var shelfHeight = 0
  /// The extent of what is placed.
  private(set) var width = 0
  private(set) var height = 0

  init(_ spacing: LayeredLayout.Spacing) {
    gap = spacing.parts
    limit = spacing.width
  }

  /// Returns the place of the next rectangle: beside the last one, or on a new shelf below all others.
  mutating func place(width: Int, height: Int) -> LayeredLayout.Point {
    if x > 0, x + width > limit {
      y += shelfHeight + gap
      x = 0
      shelfHeight = 0
    }
    let place = LayeredLayout.Point(x: x, y: y)
    x += width + gap
    shelfHeight = max(shelfHeight, height)
    self.width = max(self.width, place.x + width)
    self.height = max(self.height, y + shelfHeight)
    return place
  }
}
