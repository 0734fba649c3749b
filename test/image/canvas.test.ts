import Module from 'node:module';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadImage } from '../../src/image/loadImage';

// Where node-canvas was not built: everything imports, and the first picture says what to do.
test('without node-canvas the package imports, and a picture names the set-up', async () => {
  const internals = Module as unknown as { _resolveFilename: (request: string, ...rest: unknown[]) => string };
  const original = internals._resolveFilename;
  internals._resolveFilename = (request, ...rest) => {
    if (request === 'canvas') throw new Error("Cannot find module 'canvas'\nRequire stack:\n- somewhere");
    return original(request, ...rest);
  };
  try {
    const gif = Buffer.from('R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');
    await loadImage(gif).then(
      () => assert.unreachable(),
      (error: Error) => assert.is(error.message, "pictures need node-canvas, which does not load here (Cannot find module 'canvas'); run: npx convlens setup"),
    );
    internals._resolveFilename = original;
    assert.equal([...(await loadImage(gif)).data], [255, 0, 0, 255]);
  } finally {
    internals._resolveFilename = original;
  }
});

test.run();
