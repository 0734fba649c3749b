import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { impute } from '../../src/metrics/removal/impute';
import { noise } from '../helpers/models';

const sides: [number, number, number][] = [[0, 1, 1 / 6], [0, -1, 1 / 6], [1, 0, 1 / 6], [-1, 0, 1 / 6], [1, 1, 1 / 12], [1, -1, 1 / 12], [-1, 1, 1 / 12], [-1, -1, 1 / 12]];

/** The largest difference between a hidden pixel and the weighted mean of its neighbours inside the picture. */
function worst(filled: Float32Array, hidden: Uint8Array, [height, width, channels]: readonly [number, number, number]): number {
  let most = 0;
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let c = 0; c < channels; c++) {
    if (!hidden[y * width + x]) continue;
    let [sum, weights] = [0, 0];
    for (const [down, across, weight] of sides) {
      if (y + down < 0 || y + down >= height || x + across < 0 || x + across >= width) continue;
      sum += weight * filled[((y + down) * width + x + across) * channels + c];
      weights += weight;
    }
    most = Math.max(most, Math.abs(sum / weights - filled[(y * width + x) * channels + c]));
  }
  return most;
}

for (const [name, size, share] of [['scattered', [31, 44, 3], 0.3], ['nearly all', [40, 40, 1], 0.97], ['odd sides', [17, 9, 2], 0.6], ['one row', [1, 12, 1], 0.5]] as const) {
  test(`each hidden pixel is the weighted mean of its neighbours: ${name}`, () => {
    const [height, width, channels] = size;
    const values = noise(height * width * channels);
    const hidden = Uint8Array.from(noise(height * width, 5), (value) => Number((value + 0.9) / 1.8 < share));
    const filled = impute(values, hidden, size, 1e-9);
    assert.ok(worst(filled, hidden, size) < 1e-6, `${worst(filled, hidden, size)}`);
    filled.forEach((value, at) => hidden[Math.floor(at / channels)] || assert.is(value, values[at]));
  });
}

test('a large hole, as precise as ROAD needs it', () => {
  const side = 120;
  const values = Float32Array.from({ length: side * side }, (_, at) => (at % side) / side + Math.sin(Math.floor(at / side) / 9));
  const hidden = Uint8Array.from(values, (_, at) => Number(Math.hypot((at % side) - 60, Math.floor(at / side) - 55) < 50));
  const exact = impute(values, hidden, [side, side, 1], 1e-10);
  const usual = impute(values, hidden, [side, side, 1]);
  assert.ok(worst(exact, hidden, [side, side, 1]) < 1e-6);
  const error = Math.sqrt(usual.reduce((sum, value, at) => sum + (value - exact[at]) ** 2, 0) / usual.length);
  assert.ok(error < 0.005, `${error}`);
});

test('nothing hidden, or all of it: the picture stays', () => {
  const values = noise(24);
  assert.equal(impute(values, new Uint8Array(8), [2, 4, 3]), values);
  assert.equal(impute(values, new Uint8Array(8).fill(1), [2, 4, 3]), values);
});

test('what is alike all round stays alike', () => {
  const filled = impute(new Float32Array(100).fill(0.25), Uint8Array.from({ length: 100 }, (_, at) => at % 3 && 1), [10, 10, 1]);
  for (const value of filled) assert.ok(Math.abs(value - 0.25) < 1e-4);
});

test.run();
