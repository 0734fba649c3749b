import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Diagnostic, failureOfTypes } from '../../src/kernel/failure';

const at = (column: number, ...messages: string[]): Diagnostic[] => messages.map((message) => ({ file: '', line: 1, column, message }));
const source = "await cl.saliency(model, 'cat', { taget: 1 }); nothing";

test('of a call that fits no overload, one line is told: what the last one says', () => {
  const found = [
    ...at(33, 'No overload matches this call.', "Overload 1 of 2, '(model)', gave the following error.", "Argument of type 'a' is not assignable to parameter of type 'b'.", "Object literal may only specify known properties, but 'taget' does not exist in type 'One'. Did you mean to write 'target'?",
      "Overload 2 of 2, '(models)', gave the following error.", "Argument of type 'a' is not assignable to parameter of type 'c'.", "Object literal may only specify known properties, but 'taget' does not exist in type 'Many'. Did you mean to write 'target'?"),
    ...at(48, "Cannot find name 'nothing'."),
  ];
  const { evalue, traceback } = failureOfTypes(found, source);
  assert.is(evalue, "1:33 - Object literal may only specify known properties, but 'taget' does not exist in type 'Many'. Did you mean to write 'target'?\n1:48 - Cannot find name 'nothing'.");
  assert.is(traceback.length, 6);
});

test('a wrong argument is named as the last overload sees it', () => {
  const found = at(26, 'No overload matches this call.', "Overload 1 of 2, '(image)', gave the following error.", "Argument of type 'string' is not assignable to parameter of type 'ImageInput'.",
    "Overload 2 of 2, '(images)', gave the following error.", "Argument of type 'string' is not assignable to parameter of type 'ImageInput | readonly ImageInput[]'.");
  assert.is(failureOfTypes(found, source).evalue, "1:26 - Argument of type 'string' is not assignable to parameter of type 'ImageInput | readonly ImageInput[]'.");
});

test('other errors stay as they are, two at one place too', () => {
  const found = at(5, "Type 'a' is not assignable to type 'b'.", "Property 'x' is missing.");
  assert.is(failureOfTypes(found, source).evalue.split('\n').length, 2);
});

test.run();
