import { randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Figure } from '../../src/figure/figure';
import { decodeFloats, encodeFloats, fromPlanes, toPlanes } from '../../src/figure/live/codes';
import { pack } from '../../src/figure/live/pack';
import { LiveScript } from '../../src/figure/live/script';
import { row } from '../../src/figure/row';
import { plainImage } from '../helpers/maps';

test('floats come back to within half a step, 0 exactly, and what is not finite as NaN', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.float({ min: Math.fround(-1e37), max: Math.fround(1e37), noNaN: true }), fc.constantFrom(0, NaN, Infinity, -Infinity))), (list) => {
      const values = Float32Array.from(list);
      const finite = list.filter(Number.isFinite);
      const span = Math.max(0, ...finite) - Math.min(0, ...finite);
      fc.pre(Number.isFinite(span / 65532) && (span === 0 || span > 1e-30));
      const { codes, coded } = encodeFloats(values);
      decodeFloats(codes, coded).forEach((back, at) => {
        const value = values[at];
        if (!Number.isFinite(value)) return assert.ok(Number.isNaN(back));
        if (value === 0) return assert.is(Math.abs(back), 0);
        assert.ok(Math.abs(back - value) <= span / 65532, `${value} came back as ${back} of a span of ${span}`);
      });
    }),
  );
});

test('planes are undone, whatever the codes', () => {
  fc.assert(fc.property(fc.uint16Array(), (codes) => assert.equal(fromPlanes(toPlanes(codes)), codes)));
});

test('a smooth map packs into less than a third of its floats', () => {
  const values = Float32Array.from({ length: 224 * 224 }, (_, at) => Math.sin(at / 224 / 30) * Math.cos((at % 224) / 40));
  assert.ok(pack({ values }).length < (values.byteLength * 4) / 3 / 3, `${pack({ values }).length} letters`);
});

test('what occurs twice is packed once, and the JSON is readable', () => {
  const image = plainImage(200, 200);
  const [one, two] = [pack([image]).length, pack([image, { again: image, also: { width: 200, height: 200, data: image.data } }]).length];
  assert.ok(two - one < 400, `${two - one} letters more`);
  const bytes = inflateRawSync(Buffer.from(pack({ a: [1, 'x'], none: undefined, image }), 'base64'));
  const { a, image: packed } = JSON.parse(bytes.subarray(4, 4 + bytes.readUInt32LE()).toString());
  assert.equal([a, packed.$, packed.type, packed.width, packed.name], [[1, 'x'], 'pixels', 'image/jpeg', 200, 'plain']);
});

test('a large output is told, and detail is reduced until it fits', () => {
  const noise = (detail: number): Uint8Array => randomBytes(8e6 * detail);
  const html = (bytes: number): string => {
    const script = new LiveScript();
    script.add({ widget: 'overlay', data: (detail) => ({ noise: noise((detail * bytes) / 8e6) }) });
    return script.html(1000);
  };
  assert.not.match(html(1e4), 'MB in this output');
  assert.match(html(1.5e6), /<div [^>]*>2\.\d MB in this output<\/div>$/);
  const large = html(8e6);
  assert.ok(large.length < 5e6, `${large.length} bytes`);
  assert.match(large, /reduced to 1\/4 of its detail to stay below 5 MB/);
});

const still = (name: string): Figure => new Figure({ svg: '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>', width: 10, height: 10, alt: name, caption: name });
const alive = (name: string): Figure => new Figure({ ...still(name).parts, live: { widget: 'overlay', data: () => ({ name }) } });

test('a row of live figures has a picture and an element for each, and one script', () => {
  const html = row([alive('a'), still('b'), alive('c')]).fragment();
  assert.is(html.match(/<img /g)?.length, 3);
  assert.is(html.match(/<script>/g)?.length, 1);
  assert.is(html.match(/data-width="10"/g)?.length, 2);
  const ids = [...html.matchAll(/id="(convlens-\w+)"/g)].map(([, id]) => id);
  assert.is(new Set(ids).size, 2);
  for (const id of ids) assert.match(html, `convlens.wake("${id}"`);
  assert.not.match(row([alive('a'), alive('b')]).fragment({ live: false }), '<script');
  assert.is(row([still('a'), still('b')]).fragment().match(/<img /g)?.length, 1);
});

test('no text inside ends the script', () => {
  const script = alive('</script><!--<script>"\'`\u2028').fragment();
  assert.is(script.match(/<\/script/gi)?.length, 1);
  assert.not.match(script.slice(script.indexOf('<script>') + 8), /<!--|<script/i);
});

test.run();
