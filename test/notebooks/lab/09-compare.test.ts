import { labNotebookTests } from '../../helpers/labNotebookTests';
import { pressing } from '../../helpers/pressing';

labNotebookTests('09-compare', {
  'the sheet: Page Down goes to the next map': pressing('cl.compare(sheet', 'PageDown', /\S/),
  'the sheet: Enter shows one map alone': pressing('cl.compare(sheet', 'Enter', /\S/),
  'the sanity check: an arrow key goes a step back': pressing('const sanity =', 'ArrowLeft', /re-drawn|original/),
  'deletion: an arrow key takes more away': pressing('cl.faithfulness', 'ArrowRight', /%/),
  'deletion: an arrow key picks another map': pressing('cl.faithfulness', 'ArrowDown', /occlusion/i),
  'the benchmark: an arrow key gives the numbers of a row': pressing('cl.benchmarkMethods', 'ArrowDown', /%/),
}).run();
