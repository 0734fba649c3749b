import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../src/backend';
import { backends } from '../helpers/backends';
import { relativeError } from '../helpers/close';
import { noLeak } from '../helpers/noLeak';
import { freeReference, type Given, reference, referenceNames } from '../helpers/reference';
import { measures, storedFor } from '../reference/measured';

const tolerance = 1e-4;
const networks: Given[] = referenceNames.map(reference);

for (const backend of backends) {
  for (const given of networks) {
    for (const { peer, title, measure, says, ours, theirs } of measures) {
      test(`${backend}, ${given.name}: ${peer}'s ${title} is ${measure}${says && ` (${says})`}`, async () => {
        await useBackend(backend);
        const stored = storedFor(given);
        const found = await noLeak(() => ours(given, stored));
        const error = relativeError(found, theirs(stored));
        assert.ok(error < tolerance, `relative error ${error.toExponential(2)}: ${[...Array.from(found)].slice(0, 5)} and not ${Array.from(theirs(stored)).slice(0, 5)}`);
      });
    }
  }
}

test.after(() => networks.forEach(freeReference));

test.run();
