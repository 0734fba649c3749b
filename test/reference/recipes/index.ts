import { captum } from './captum';
import { exceptions } from './exceptions';
import { pytorchGradCam } from './gradCam';
import type { Recipe, Recipes } from './recipe';
import { tfKerasVis } from './tfKerasVis';

const peers: Record<string, Recipes> = { captum, 'grad-cam': pytorchGradCam, 'tf-keras-vis': tfKerasVis };

/** How convlens comes to the numbers of a case. */
export function recipeFor(network: string, peer: string, title: string): Recipe {
  const found = exceptions[network]?.[`${peer} ${title}`] ?? peers[peer]?.[title];
  if (!found) throw new Error(`no recipe for ${peer} ${title}`);
  return found;
}

/** Every title that has a recipe, by peer. */
export const recipeTitles: string[] = Object.entries(peers).flatMap(([peer, recipes]) => Object.keys(recipes).map((title) => `${peer} ${title}`));
