import { labNotebookTests } from '../../helpers/labNotebookTests';
import { pressing } from '../../helpers/pressing';

labNotebookTests('04-occlusion', {
  'the explorer: Shift+Home is the first window': pressing('cl.occlusionExplorer', 'Shift+Home', /^window 1 of 169/),
  'the explorer: an arrow key moves the patch by a window': pressing('cl.occlusionExplorer', 'ArrowRight', /^window 2 of 169/),
  'the explorer: Page Down moves it by a quarter of the rows': pressing('cl.occlusionExplorer', 'PageDown', /^window 41 of 169/),
  'the explorer: Shift+End is the last window': pressing('cl.occlusionExplorer', 'Shift+End', /^window 169 of 169/),
  'the fills: a key marks a place in all maps': pressing('cl.compare(fills', 'ArrowRight', /\S/),
}).run();
