import { labNotebookTests } from '../../helpers/labNotebookTests';
import { pressing } from '../../helpers/pressing';

labNotebookTests('07-grad-cam', {
  'the steps: Home takes all channels away': pressing('cl.gradCamSteps', 'Home', /\S/),
  'the steps: an arrow key adds one': pressing('cl.gradCamSteps', 'ArrowUp', /\b1 of 1280/),
  'the steps: End adds all': pressing('cl.gradCamSteps', 'End', /1280/),
  'the contrast: End goes to what speaks most for B': pressing('cl.classContrast', 'End', /difference/),
}).run();
