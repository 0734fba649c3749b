/**
 * Lets a widget have the plain keys that are pressed inside it. JupyterLab would move to another cell on the arrow keys; it leaves alone what lies in an element
 * with this attribute. Ctrl + S, Shift + Enter and their like stay JupyterLab's.
 */
export function keepKeys(host: HTMLElement): void {
  const held = new WeakRef(host);
  const stop = new AbortController();
  const listen = (event: KeyboardEvent): void => {
    const still = held.deref();
    if (!still) return stop.abort();
    if (event.composedPath().includes(still)) still.toggleAttribute('data-lm-suppress-shortcuts', !event.ctrlKey && !event.metaKey && !(event.shiftKey && event.key === 'Enter'));
  };
  // JupyterLab listens on the document while the event still goes down: only the window is asked earlier.
  addEventListener('keydown', listen, { capture: true, signal: stop.signal });
}

/** Hands over the names of the keys that are pressed on an element, as `ArrowLeft` or `Shift+Home`; one that was of use does nothing else. */
export function followKeys(element: HTMLElement, use: (key: string) => boolean): void {
  element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Of a letter, Shift makes another letter.
    const name = event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key;
    if (use(name)) event.preventDefault();
  });
}
