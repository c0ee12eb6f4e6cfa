// The names the suite knows pages by. One place, so that a change of the HTML contract is a change here.
// Nothing else in the suite may name a class of the theme.
export const S = {
  ref: 'sup.r',                                   // a reference in the text
  refLink: 'a[role="doc-noteref"]',               // inside it: the baseline
  refButton: 'button[popovertarget]',             // inside it: shown where popovers exist
  item: 'li.fn',                                  // a note in the list
  card: '.note[popover]',                         // what opens
  close: 'button.x',
  more: 'button.more',
  backlink: 'a[role="doc-backlink"]',
  notes: 'section[role="doc-endnotes"]',
  paragraphLink: 'a.pl',
  pageBreak: '[role="doc-pagebreak"]',
  facts: 'dl.facts',
  source: 'section.source, .source',
  cite: 'details[name="cite"]',
  citation: '.cite .c, .cite pre',
  copy: 'button.copy',
  theme: 'button.paper',
  skip: 'a.skip',
  charts: '.charts',                              // the chart of years, which also prints
};

/** Text that a reader never copies with a sentence: numbers of notes and of paragraphs. */
export const APPARATUS = `${S.ref}, ${S.paragraphLink}`;

/** The tokens of a theme, as custom properties on the root. */
export const TOKENS = { paper: '--paper', card: '--card', ink: '--ink', quiet: '--quiet', rule: '--rule', accent: '--accent', wash: '--wash' };

/** What is drawn of the charts of the index and of the ruler of a document, and the choices of the filter. */
export const CHART = 'main svg path, nav svg path, header svg path';
export const FILTER = 'fieldset input[type="radio"]';

/** The parts of the chronology and of a document's place in time. */
export const T = {
  chart: '.charts > li', year: 'section.yr', month: '.mo', row: '.rows > li', when: 'time, .date',
  filters: 'form.filters > fieldset', none: 'p.none', ruler: 'nav.ruler',
};
