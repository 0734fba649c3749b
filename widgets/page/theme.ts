import { luminance } from '../../src/figure/luminance';

/** Tells `use` whether the ground behind an element is dark, now and whenever the page's theme changes. */
export function watchGround<E extends Element>(element: E, use: (element: E, dark: boolean) => void): void {
  // Weakly held: an output that was run again must not live on in the page's listeners.
  const held = new WeakRef(element);
  const stop = new AbortController();
  const look = (): void => {
    const still = held.deref();
    if (still) use(still, isDark(still));
    else stop.abort();
  };
  // JupyterLab and VS Code tell their theme by attributes of the body; the colours follow a moment later.
  const observer = new MutationObserver(() => {
    look();
    setTimeout(look, 400);
  });
  for (const each of [document.documentElement, document.body]) observer.observe(each, { attributes: true, attributeFilter: ['class', 'style', 'data-jp-theme-light', 'data-theme'] });
  stop.signal.addEventListener('abort', () => observer.disconnect());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', look, { signal: stop.signal });
  look();
}

/** By the first ground that is not clear, from the element outwards: every page has one, whatever its theme is called. */
function isDark(element: Element): boolean {
  for (let each: Element | null = element; each; each = outside(each)) {
    const [red, green, blue, alpha = 1] = (getComputedStyle(each).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    if (alpha > 0.5 && red !== undefined) return luminance(red, green, blue) < 128;
  }
  return false;
}

function outside(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
