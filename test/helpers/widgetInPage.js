// Runs inside a page with widgets; the tests call it. Plain JavaScript, because the tests' TypeScript knows no DOM.
globalThis.widgetInPage = (() => {
  const host = (at = 0) => document.querySelectorAll('[data-width]')[at];
  // Numbers on coloured cells keep their colour in every theme.
  const texts = () => [...host().shadowRoot.querySelectorAll('.stage svg text:not([data-on-colour])')];
  let frames = [];
  let ticking = 0;

  return {
    // Numbers in the cells of a map follow its colours, and not the page's.
    texts: () => texts().filter((text) => !text.closest('.on-raster')).map((text) => ({ text: text.textContent, size: Number.parseFloat(getComputedStyle(text).fontSize), fill: getComputedStyle(text).fill.match(/\d+/g).slice(0, 3).map(Number) })),

    /** Texts of the drawing that lie over its edge or over one another by more than a hair. */
    misplaced() {
      const hair = 1.5;
      const frame = host().shadowRoot.querySelector('.stage svg').getBoundingClientRect();
      const boxes = texts().filter(({ textContent }) => textContent).map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
      const out = boxes.filter(({ box }) => box.left < frame.left - hair || box.right > frame.right + hair || box.top < frame.top - hair || box.bottom > frame.bottom + hair);
      const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > hair && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2 * hair;
      const pairs = boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => over(a.box, b.box)).map((b) => `${a.text} / ${b.text}`));
      return [...out.map(({ text }) => `${text} is over the edge`), ...pairs];
    },

    /** How many pixels the page is wider than its window. */
    overhang: () => document.documentElement.scrollWidth - document.documentElement.clientWidth,

    /** How many things of the first widget can take the focus. */
    focusable: () => [...host().shadowRoot.querySelectorAll('button, input, select, summary, [tabindex="0"]')].filter((one) => one.checkVisibility() && !one.disabled).length,

    /** What has the focus, if it is inside a widget. */
    focused() {
      const at = document.activeElement?.shadowRoot?.activeElement;
      return at ? `${at.localName} ${at.getAttribute('aria-label') ?? at.textContent}` : 'outside';
    },

    /** Milliseconds from the insertion of a figure to the frame that shows it live. */
    async paintTime(html) {
      const main = document.querySelector('main');
      const start = performance.now();
      main.replaceChildren(document.createRange().createContextualFragment(html));
      while (!['drawn', 'ready'].includes(host()?.dataset.live)) {
        if (/^failed/.test(host()?.dataset.live) || performance.now() - start > 10_000) throw new Error(`not live: ${host()?.dataset.live}`);
        await new Promise((done) => setTimeout(done));
      }
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - start;
    },

    startFrames() {
      frames = [];
      const tick = (now) => {
        frames.push(now);
        ticking = requestAnimationFrame(tick);
      };
      ticking = requestAnimationFrame(tick);
    },

    /** Milliseconds between the frames since the start, from short to long. */
    endFrames() {
      cancelAnimationFrame(ticking);
      return frames.slice(1).map((now, at) => now - frames[at]).sort((a, b) => a - b);
    },
  };
})();
