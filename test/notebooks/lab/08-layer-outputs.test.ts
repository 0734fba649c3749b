import { labNotebookTests } from '../../helpers/labNotebookTests';
import { pressing } from '../../helpers/pressing';

labNotebookTests('08-layer-outputs', {
  'the browser: an arrow key goes to the layer before': pressing('cl.layerBrowser(earlyOutputs', 'ArrowUp', /\S/),
  'the browser: another one goes to the next channel': pressing('cl.layerBrowser(earlyOutputs', 'ArrowRight', /channel/i),
  'the browser: Enter reads values': pressing('cl.layerBrowser(earlyOutputs', 'Enter', /row/),
  'two images in one browser': pressing('cl.layerBrowser(pair', 'ArrowRight', /channel/i),
}).run();
