/** Style of the report: one column of text and tables, on paper too. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b1f24, #e8eaed); --soft: light-dark(#57606a, #a0a7b0);
  --line: light-dark(#d8dee4, #3a4048); --accent: light-dark(#0b6e4f, #5ed3a6); --paper: light-dark(#fff, #16191d); }
body { margin: 0 auto; max-width: 60rem; padding: 2.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
p { margin: .5rem 0; max-width: 44rem; }
.soft { color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); }
thead th { font-weight: 600; color: var(--soft); font-size: .875rem; }
tbody th { font-weight: 500; }
tbody span { display: block; font-weight: 400; font-size: .875rem; color: var(--soft); }
tbody td, tbody td span { white-space: nowrap; }
tbody th { min-width: 9rem; }
svg { display: block; width: 100%; max-width: 30rem; height: auto; margin: .75rem 0; }
svg text { font: 11px system-ui, sans-serif; fill: var(--soft); }
.axis { stroke: var(--line); } .ideal { stroke: var(--soft); stroke-dasharray: 3 4; }
.range { stroke: var(--accent); stroke-width: 2; } .point { fill: var(--accent); }
strong.note { color: var(--accent); }
@media print { body { padding: 0; font-size: 10pt; } h2 { break-after: avoid; } tr, svg { break-inside: avoid; } }
`;
