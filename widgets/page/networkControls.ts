import type { Controls } from './controls';
import type { NetworkData } from '../modelView/data';
import type { Moving } from '../modelView/moves';

/** What blocks are drawn as. */
type Show = 'shapes' | 'maps';

/** The controls that every drawing of a network has: what its blocks show, and all groups open or folded. */
export function networkControls<State extends Moving & { show: Show }>(ui: Controls<State>, { folds }: NetworkData, maps: boolean): void {
  const choices: { value: Show; text: string }[] = [{ value: 'maps', text: 'maps' }, { value: 'shapes', text: 'shapes' }];
  if (maps) ui.choice('show', { label: 'blocks as', options: choices as { value: State['show']; text: string }[] });
  if (!folds.length) return;
  const opened = (open: readonly number[]): Partial<State> => ({ open }) as Partial<State>;
  ui.button({ label: 'open all', press: () => opened([...folds.keys()]), enabled: ({ open }) => open.length < folds.length });
  ui.button({ label: 'fold all', press: () => opened([]), enabled: ({ open }) => open.length > 0 });
}
