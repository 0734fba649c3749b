import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type TypeScript from 'typescript';

// tslab's own compiler, 5.0.4, with the options that it compiles a cell with.
const ts: typeof TypeScript = require('@tslab/typescript-for-tslab');
const root = path.resolve(__dirname, '..');
const file = path.join(root, 'dist', 'index.d.ts');
const cell = path.join(root, 'notebooks', 'cell-of-the-test.ts');
const options: TypeScript.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  esModuleInterop: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  types: ['node'],
  declaration: true,
  skipLibCheck: true,
};

const declarations = suite('declarations');

declarations('dist/index.d.ts is there', () => {
  assert.ok(existsSync(file), 'npm run build makes it');
});

declarations('names no package but TensorFlow.js, and no type of a browser', () => {
  const text = readFileSync(file, 'utf8');
  const packages = [...text.matchAll(/\bfrom ['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/g)].map(([, from, inline]) => from ?? inline);
  assert.equal(packages.filter((name) => name !== '@tensorflow/tfjs' && !name.startsWith('node:')), []);
  assert.not.match(text, /\b(HTML\w*Element|SVG\w*Element|ImageData|CanvasRenderingContext2D|Document)\b(?! *\()/);
});

declarations('TypeScript 5.0 reads it without a complaint', () => {
  const program = ts.createProgram([file], { ...options, skipLibCheck: false, noEmit: true });
  const source = program.getSourceFile(file);
  assert.equal([...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(told), []);
});

declarations('a cell can hold every result, and a wrong option is refused', () => {
  const complaints = check(`
    import * as cl from 'convlens';
    export const model = await cl.loadModel('vgg16', { weights: null, seed: 1 });
    export const photo = await cl.loadImage('cat');
    export const predictions = await model.predict(photo, { top: 5 });
    export const layers = model.layers();
    export const maps = [await cl.saliency(model, photo), await cl.guidedBackprop(model, photo), await cl.gradCam(model, photo), await cl.occlusion(model, photo, { patch: 32 })];
    export const outputs = await cl.layerOutputs(model, photo);
    export const first = [...outputs][0];
    export const figure = cl.overlay(maps[0], { opacity: 0.5, colormap: 'turbo' });
    export const options: cl.OcclusionOptions = { patch: 32 };
    export const everything = cl;
  `);
  assert.equal(complaints, []);
  assert.match(check(`import * as cl from 'convlens'; cl.overlay(null, { opacty: 1 });`).join(), /opacty/);
});

/** What the compiler says about a cell of that text, declarations included. */
function check(text: string): string[] {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => name === cell || fileExists.call(host, name);
  host.readFile = (name) => (name === cell ? text : readFile.call(host, name));
  host.getSourceFile = (name, ...rest) => (name === cell ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : getSourceFile.call(host, name, ...rest));
  host.writeFile = () => undefined;
  const program = ts.createProgram([cell], options, host);
  return [...ts.getPreEmitDiagnostics(program), ...program.emit(program.getSourceFile(cell)).diagnostics].map(told);
}

const told = ({ messageText }: TypeScript.Diagnostic): string => ts.flattenDiagnosticMessageText(messageText, ' ');

declarations.run();
