/// The style sheet of the page. Colours are variables; texts have a contrast of at least 4.5 to 1 on their ground.
enum PageStyle {
  static let text = """
    :root { color-scheme: light dark;
      --ground: #f7f8f9; --surface: #ffffff; --text: #1d2127; --muted: #59616c; --line: #e3e6ea; --line-strong: #b6bdc7;
      --edge: #8a93a0; --accent: #1d5fc4; --ok: #146c3a; --ok-ground: #e6f4ea; --warn: #8a4b00; --warn-ground: #fdf0d9;
      --bad: #a3211b; --bad-ground: #fce9e7; --soft-ground: #eef0f3; --sql: #f4f5f7;
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
      --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    @media (prefers-color-scheme: dark) { :root {
      --ground: #14171c; --surface: #1b1f26; --text: #e5e8ec; --muted: #a0a9b5; --line: #2e343e; --line-strong: #4a5361;
      --edge: #77818f; --accent: #7fb0ff; --ok: #7ed7a0; --ok-ground: #16321f; --warn: #f0b45a; --warn-ground: #38290f;
      --bad: #ff9d94; --bad-ground: #3d1d1a; --soft-ground: #2a303a; --sql: #161a20; } }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 6.5rem; }
    body { margin: 0; background: var(--ground); color: var(--text); font: 14px/1.5 var(--sans); }
    code, pre { font-family: var(--mono); font-size: 12.5px; }
    a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
    a:not(:hover) { text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); }
    /* The line does not hide the underscores of names. */
    a:has(> code) { text-underline-offset: 5px; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
    .skip { position: absolute; left: -999px; top: 0; z-index: 2; padding: .5rem 1rem; background: var(--surface); }
    .skip:focus { left: 0; }
    header { position: sticky; top: 0; z-index: 1; background: var(--surface); border-bottom: 1px solid var(--line); }
    .bar, main, footer { max-width: 1160px; margin: 0 auto; padding: 0 1.5rem; }
    .bar { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem; padding-top: .75rem; padding-bottom: .75rem; }
    .bar h1 { margin: 0; font-size: 17px; overflow-wrap: anywhere; }
    .bar p { margin: 0; color: var(--muted); }
    nav { margin-left: auto; }
    nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0; padding: 0; list-style: none; }
    nav a { display: inline-block; padding: .15rem 0; color: var(--text); text-decoration: none; }
    nav a:hover { color: var(--accent); }
    nav span { color: var(--muted); font-variant-numeric: tabular-nums; }
    main > section { margin: 2.25rem 0 2.75rem; }
    h2 { margin: 0 0 .75rem; font-size: 18px; line-height: 1.3; }
    h3 { margin: 1.75rem 0 .5rem; font-size: 15px; }
    h4 { margin: 1rem 0 .5rem; font-size: 14px; font-weight: 600; }
    h5 { margin: 1.25rem 0 .35rem; font-size: 12.5px; font-weight: 600; color: var(--muted); }
    p { margin: .35rem 0; }
    .lead, .empty, .soft { color: var(--muted); }
    .lead { margin-bottom: .75rem; }
    .store { padding: .35rem 1.25rem 1rem; margin: 1rem 0; background: var(--surface); border: 1px solid var(--line);
      border-radius: 8px; }
    .store h3 { margin-top: .85rem; font-family: var(--mono); }
    .error { margin: .5rem 0 0; padding: .6rem .9rem; border-radius: 6px; background: var(--bad-ground); color: var(--bad);
      white-space: pre-line; overflow-wrap: anywhere; }
    .notes { margin: .75rem 0; padding: .6rem .9rem .6rem 2rem; border-radius: 6px; background: var(--warn-ground);
      color: var(--warn); overflow-wrap: anywhere; }
    .badge { display: inline-block; padding: 0 .5em; border-radius: 4px; font: 500 11.5px/1.65 var(--sans);
      background: var(--soft-ground); color: var(--muted); white-space: nowrap; vertical-align: 1px; }
    .badge + .badge { margin-left: .35rem; }
    .badge.ok { background: var(--ok-ground); color: var(--ok); }
    .badge.warn { background: var(--warn-ground); color: var(--warn); }
    .badge.bad { background: var(--bad-ground); color: var(--bad); }
    .figure { overflow-x: auto; padding: 1rem; background: var(--ground); border: 1px solid var(--line); border-radius: 8px; }
    main > section > .figure { background: var(--surface); }
    .diagram { display: block; }
    main > section > .figure .card rect { fill: var(--ground); }
    .runs { margin-top: .9rem; }
    .runs > summary { cursor: pointer; color: var(--muted); font-size: 12.5px; }
    .runs td:first-child { white-space: nowrap; }
    .diagram a { text-decoration: none; }
    .diagram a:hover rect { stroke: var(--accent); }
    .diagram a:focus-visible { outline: none; }
    .diagram a:focus-visible rect { stroke: var(--accent); stroke-width: 2.5; }
    .item { overflow: clip; background: var(--surface); border: 1px solid var(--line); border-bottom-width: 0; }
    .item:first-of-type { border-radius: 8px 8px 0 0; }
    .item:last-of-type { border-radius: 0 0 8px 8px; border-bottom-width: 1px; }
    .item:first-of-type:last-of-type { border-radius: 8px; }
    .item > summary { padding: .45rem 1rem; cursor: pointer; overflow-wrap: anywhere; }
    .item > summary b { font-family: var(--mono); font-size: 12.5px; font-weight: 600; }
    .item > summary code { margin-right: .35rem; }
    .item > summary code + b { font-family: inherit; font-size: 13px; }
    .item > summary .soft { margin-left: .6rem; font-size: 12.5px; }
    .item > summary .badge { margin-left: .6rem; }
    .item > summary:hover { background: var(--soft-ground); }
    .item > summary::marker { color: var(--muted); }
    .item > summary:focus-visible { outline-offset: -2px; }
    .item > .body { padding: .5rem 1rem 1.1rem 1.9rem; border-top: 1px solid var(--line); }
    .body:target { box-shadow: inset 3px 0 var(--accent); }
    .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .5rem 1.5rem; margin: .5rem 0 1rem; }
    .facts dt { color: var(--muted); font-size: 12px; }
    .facts dd { margin: 0; overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; margin: .5rem 0; }
    table { border-collapse: collapse; min-width: 100%; }
    th, td { padding: .3rem 1.25rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
    tbody tr:last-child > * { border-bottom-width: 0; }
    thead th { color: var(--muted); font-size: 12px; font-weight: 500; white-space: nowrap; }
    tbody th { font-weight: 400; }
    td { font-variant-numeric: tabular-nums; }
    .n { text-align: right; }
    .wide { min-width: 12rem; overflow-wrap: anywhere; }
    .failed { color: var(--bad); }
    .lines { margin: 0; padding: 0; list-style: none; }
    .lines li { padding: .12rem 0; overflow-wrap: anywhere; }
    .lines .soft { margin-left: .5rem; font-size: 12.5px; }
    .engine { margin: .75rem 0 .25rem; color: var(--muted); font-size: 12px; }
    pre { margin: .5rem 0; padding: .75rem 1rem; overflow-x: auto; line-height: 1.55; tab-size: 2; background: var(--sql);
      border-radius: 6px; }
    pre i { font-style: normal; color: var(--muted); }
    pre b { font-weight: 600; color: var(--accent); }
    footer { padding-top: 1rem; padding-bottom: 2rem; color: var(--muted); font-size: 12.5px; }
    @media (max-width: 640px) {
      header { position: static; }
      html { scroll-padding-top: 3rem; }
      .bar, main, footer { padding-left: 1rem; padding-right: 1rem; }
      nav { margin: .35rem 0 0; }
      .item > .body { padding-left: 1rem; }
    }
    @media print {
      :root { --ground: #fff; --surface: #fff; --text: #000; --muted: #444; --sql: #fff; }
      header { position: static; }
      nav, .skip { display: none; }
      main, .bar, footer { max-width: none; }
      .item, .figure, .store { break-inside: avoid; }
      details::details-content { content-visibility: visible; height: auto; }
      pre { white-space: pre-wrap; border: 1px solid var(--line); }
      .figure, .scroll { overflow: visible; }
    }

    """
}
