import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encode } from '../../src/image/canvas';
import { loadImage } from '../../src/image/loadImage';

const test = suite('loadImage');
let folder = '';
let server: Server;
let base = '';

// Left half red, right half blue.
const halves = (width: number, height: number) => ({
  width,
  height,
  data: new Uint8ClampedArray(Array.from({ length: width * height }, (_, at) => (at % width < width / 2 ? [255, 0, 0, 255] : [0, 0, 255, 255])).flat()),
});
const png = (): Buffer => encode(halves(8, 4), 'png');

/** An EXIF block with nothing but the orientation. */
function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

const fails = async (source: unknown, message: string | RegExp, options?: object): Promise<void> => {
  let error = new Error('nothing was thrown');
  await loadImage(source as string, options).catch((thrown: Error) => (error = thrown));
  if (typeof message === 'string') assert.is(error.message, message);
  else assert.match(error.message, message);
  assert.not.match(error.message, /\n/);
};

test.before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'convlens-image-'));
  writeFileSync(path.join(folder, 'halves.png'), png());
  server = createServer((request, response) => {
    if (request.url === '/halves.png') response.end(png());
    else if (request.url === '/page.png') response.end('<!DOCTYPE html><html><body>sign in</body></html>');
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test('reads a path, a file URL, an http URL and bytes alike', async () => {
  const file = path.join(folder, 'halves.png');
  for (const source of [file, pathToFileURL(file), pathToFileURL(file).href, `${base}/halves.png`, new URL(`${base}/halves.png`), png(), new Uint8Array(png())]) {
    const image = await loadImage(source);
    assert.equal([image.width, image.height, ...image.data.subarray(0, 4), ...image.data.subarray(28, 32)], [8, 4, 255, 0, 0, 255, 0, 0, 255, 255]);
  }
  assert.is((await loadImage(`${base}/halves.png`)).name, 'halves.png');
  assert.is((await loadImage(png(), { name: 'mine', fit: 'pad' })).toString(), 'mine: 8 x 4 image, fit pad');
});

test('reads grey, RGB and RGBA pixels, clear ones over white', async () => {
  assert.equal([...(await loadImage({ data: [7], width: 1, height: 1 })).data], [7, 7, 7, 255]);
  assert.equal([...(await loadImage({ data: [1, 2, 3], width: 1, height: 1 })).data], [1, 2, 3, 255]);
  assert.equal([...(await loadImage({ data: [0, 0, 0, 0, 100, 0, 0, 51], width: 2, height: 1 })).data], [255, 255, 255, 255, 224, 204, 204, 255]);
});

test('lays a transparent PNG over white', async () => {
  const image = await loadImage(encode({ width: 1, height: 1, data: new Uint8ClampedArray([0, 0, 0, 0]) }, 'png'));
  assert.equal([...image.data], [255, 255, 255, 255]);
});

test('turns a JPEG by its EXIF orientation', async () => {
  const jpeg = encode(halves(32, 16), 'jpeg');
  const isRed = (image: { data: Uint8ClampedArray; width: number }, x: number, y: number): boolean => image.data[(y * image.width + x) * 4] > 128;
  const upright = await loadImage(withOrientation(jpeg, 1));
  assert.equal([upright.width, upright.height, isRed(upright, 2, 8), isRed(upright, 29, 8)], [32, 16, true, false]);
  const turned = await loadImage(withOrientation(jpeg, 6));
  assert.equal([turned.width, turned.height, isRed(turned, 8, 2), isRed(turned, 8, 29)], [16, 32, true, false]);
  const upsideDown = await loadImage(withOrientation(jpeg, 3));
  assert.equal([upsideDown.width, isRed(upsideDown, 2, 8), isRed(upsideDown, 29, 8)], [32, false, true]);
});

test('says in one line what is wrong with a file', async () => {
  const jpeg = encode(halves(64, 64), 'jpeg');
  await fails(Buffer.alloc(0), 'image "image" is empty (0 bytes)');
  await fails(Buffer.from('just words, no picture'), 'image "image" is not a picture (PNG, JPEG or GIF)');
  await fails(Buffer.from(' <!doctype html><title>x</title>'), /is an HTML page, not a picture/);
  await fails(png().subarray(0, 60), /is cut short|is damaged/);
  await fails(jpeg.subarray(0, jpeg.length - 40), 'image "image" is cut short: the file ends before the picture does');
  // The header alone decides: nothing of that size is decoded.
  const huge = Buffer.from(png());
  huge.writeUInt32BE(20_000, 16);
  huge.writeUInt32BE(20_000, 20);
  await fails(huge, 'image "image" is 20000 x 20000 pixels (400 megapixels; at most 100): make it smaller first');
  const webp = Buffer.from('RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0\x30\x01\0\x9d\x01\x2a\x01\0\x01\0\0\0\0\0\0\0\0\0\0\0', 'latin1');
  await fails(webp, 'image "image" is a WEBP file, which node-canvas does not read: save it as PNG or JPEG');
});

test('says what is wrong with a source', async () => {
  await fails(path.join(folder, 'halfs.png'), `no image at ${JSON.stringify(path.join(folder, 'halfs.png'))}; did you mean ${JSON.stringify(path.join(folder, 'halves.png'))}?`);
  await fails('cofee', 'no image at "cofee"; did you mean the sample "coffee"?');
  await fails(folder, `image ${JSON.stringify(folder)} is a folder, not a file`);
  await fails(`${base}/gone.png`, `image "${base}/gone.png" could not be fetched: the server answered 404 Not Found`);
  await fails(`${base}/page.png`, 'image "page.png" is an HTML page, not a picture: use the address of the picture itself');
  await fails(new URL('ftp://example.org/x.png'), 'image URL must be http:, https: or file:, got "ftp://example.org/x.png"');
  await fails('http://', 'image URL "http://" is not a valid address');
  await fails(5, 'loadImage takes a path, URL, bytes, { data, width, height }, a sample (cat, coffee, astronaut, rocket, motorcycle) or a scene (\'scene:cat+dog\'), got 5');
  await fails({ data: [], width: 0, height: 0 }, 'image width and height must be whole numbers of at least 1, got 0 x 0');
  await fails({ data: [1, 2], width: 2, height: 2 }, 'image data of 2 x 2 must have 4 (grey), 12 (RGB) or 16 (RGBA) values, got 2');
  await fails({ data: [NaN], width: 1, height: 1 }, 'image data has NaN at value 0; numbers from 0 to 255 are needed');
  await fails('cat', 'loadImage has no option "fitt"; did you mean "fit"?', { fitt: 'pad' });
});

test('a sample that is not in the cache says how to get it', async () => {
  const { CONVLENS_CACHE: kept, PATH } = process.env;
  process.env.CONVLENS_CACHE = path.join(folder, 'cache');
  try {
    // Without Python on the path nothing can be fetched.
    process.env.PATH = folder;
    await fails('cat', /^sample "cat" is not in the cache and could not be fetched \(no Python with pip was found .*\); run: npx convlens setup$/);
    mkdirSync(path.join(folder, 'cache', 'images'), { recursive: true });
    writeFileSync(path.join(folder, 'cache', 'images', 'chelsea.png'), png());
    assert.is((await loadImage('cat')).name, 'cat');
  } finally {
    process.env.PATH = PATH;
    if (kept === undefined) delete process.env.CONVLENS_CACHE;
    else process.env.CONVLENS_CACHE = kept;
  }
});

test.run();
