import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chosenModel } from '../../src/model/chosenModel';
import { loadModel } from '../../src/model/loadModel';

const chosen = suite('chosen model');

chosen.after.each(() => {
  delete process.env.CONVLENS_MODEL;
  delete process.env.CONVLENS_WEIGHTS;
});

chosen('is the default preset with its own weights, also when the variables are empty', () => {
  assert.equal(chosenModel(), { source: 'efficientnet-lite0', weights: undefined });
  Object.assign(process.env, { CONVLENS_MODEL: '', CONVLENS_WEIGHTS: '' });
  assert.equal(chosenModel(), { source: 'efficientnet-lite0', weights: undefined });
});

chosen('is what the environment says, with the weights that it says', () => {
  Object.assign(process.env, { CONVLENS_MODEL: 'vgg16', CONVLENS_WEIGHTS: 'random' });
  assert.equal(chosenModel(), { source: 'vgg16', weights: null });
  process.env.CONVLENS_WEIGHTS = 'mine.h5';
  assert.is(chosenModel().weights, 'mine.h5');
});

chosen('holds only where no source is named', async () => {
  Object.assign(process.env, { CONVLENS_MODEL: 'vgg-tiny' });
  const model = await loadModel();
  assert.is(model.name, 'vgg-tiny');
  model.dispose();
  process.env.CONVLENS_MODEL = 'no-such-model';
  const named = await loadModel('vgg-tiny');
  assert.is(named.name, 'vgg-tiny');
  named.dispose();
});

chosen('an unknown one is refused with the nearest', async () => {
  process.env.CONVLENS_MODEL = 'vgg-tinny';
  await loadModel().then(
    () => assert.unreachable(),
    (error) => assert.match(error.message, /vgg-tinny.*vgg-tiny/),
  );
});

chosen.run();
