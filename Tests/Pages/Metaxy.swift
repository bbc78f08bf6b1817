enum Overview {
  // block: import Metaxy
}
