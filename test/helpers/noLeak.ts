import * as tf from '@tensorflow/tfjs';
import * as assert from 'uvu/assert';

/** Runs `work` and checks that it left no tensor behind, whether it succeeds or throws; gives its result or its error. */
export async function noLeak<T>(work: () => Promise<T>): Promise<T> {
  const before = tf.memory().numTensors;
  try {
    return await work();
  } finally {
    assert.is(tf.memory().numTensors, before, 'tensors were left behind');
  }
}

/** The one-line message of the error that `work` must throw; checks for leaks too. */
export async function messageOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await noLeak(work);
  } catch (error) {
    const { message } = error as Error;
    assert.not.match(message, /\n/, 'an error is one line');
    return message;
  }
  throw new Error('it did not throw');
}
