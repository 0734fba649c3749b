import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { percent, probability, readable } from '../../src/figure/numbers';
import { newSvg, svgText } from '../../src/figure/svg';
import { shorten, wrap } from '../../src/figure/text';
import { fixRuler } from '../helpers/snapshot';

// A letter at size 10 is 5.6 wide, with room 5.824.
test.before(fixRuler);

test('wrap breaks at spaces', () => {
  assert.equal(wrap('one two three', 60, 10), ['one two', 'three']);
  assert.equal(wrap('', 60, 10), []);
});

test('wrap keeps what a no-break space joins, and leaves no separator at the end', () => {
  assert.equal(wrap('aaaa · stride\u00a016', 60, 10), ['aaaa', 'stride\u00a016']);
});

test('wrap breaks a word that is wider than the line', () => {
  assert.equal(wrap('abcdefghij', 30, 10), ['abcde', 'fghij']);
  assert.equal(wrap('a_bc_defghij', 30, 10), ['a_bc_', 'defgh', 'ij'], 'behind an underscore where there is one');
});

test('shorten ends in an ellipsis only where it must', () => {
  assert.is(shorten('short', 60, 10), 'short');
  assert.is(shorten('a very long label', 60, 10), 'a very lo…');
});

test('numbers are readable', () => {
  const plain = (value: number): string => readable(value).replace(/\u00a0/g, ' ');
  assert.equal([0, 1.2345, -0.5, 123456, 0.000012, -2e-7, 1000, 2601].map(plain), ['0', '1.23', '−0.5', '1.2 × 10⁵', '1.2 × 10⁻⁵', '−2.0 × 10⁻⁷', '1000', '2601']);
  assert.equal([0, 0.004, 0.62].map(percent), ['0\u00a0%', '<1\u00a0%', '62\u00a0%']);
  assert.equal([0, 0.5, 0.62134, 0.00001].map(probability), ['0', '0.5', '0.621', '0.00001']);
});

test('text in a picture cannot break its XML', () => {
  const svg = newSvg(10, 10);
  svg.append('text').attr('data-x', '"<&').text('a < b & "c" \u0000');
  assert.match(svgText(svg), '<text data-x="&quot;&lt;&amp;">a &lt; b &amp; &quot;c&quot; </text>');
});

test.run();
