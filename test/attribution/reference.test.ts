import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../src/backend';
import { backends } from '../helpers/backends';
import { close, relativeError } from '../helpers/close';
import { noLeak } from '../helpers/noLeak';
import { freeReference, type Given, reference, referenceNames } from '../helpers/reference';
import { recipeFor, recipeTitles } from '../reference/recipes';

const tolerance = 1e-4;
const networks: Given[] = referenceNames.map(reference);
const titles = [...new Set(networks.flatMap(({ cases }) => cases.map(({ peer, title }) => `${peer} ${title}`)))];

for (const backend of backends) {
  test(`${backend}: the networks give torch's logits`, async () => {
    await useBackend(backend);
    for (const { model, x, logits } of networks) {
      const predictions = await model.predict(x, { top: logits.length });
      const ours = [...predictions].sort((a, b) => a.index - b.index).map(({ logit }) => logit);
      close(ours, logits);
    }
  });

  for (const given of networks) {
    for (const { peer, title, values, shape, call, delta } of given.cases) {
      const recipe = recipeFor(given.name, peer, title);
      test(`${backend}, ${given.name}: ${peer} "${title}" is ${recipe.method}${recipe.says && ` (${recipe.says})`}`, async () => {
        await useBackend(backend);
        const ours = await noLeak(() => recipe.run(given));
        assert.equal([...ours.shape], shape);
        const error = relativeError(ours.values, values);
        assert.ok(error < tolerance, `relative error ${error.toExponential(2)} against ${call}`);
        if (ours.delta === undefined) return;
        assert.ok(Math.abs(ours.delta - (delta as number)) < tolerance * Math.hypot(...given.logits), `completeness gap ${ours.delta}, Captum's delta ${delta}`);
      });
    }
  }
}

test('every case of the peers has its recipe, and every recipe its case', () => {
  assert.equal([...recipeTitles].sort(), [...titles].sort());
});

test.after(() => networks.forEach(freeReference));

test.run();
