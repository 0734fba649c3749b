import fs from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../setup/places.mjs';
import { SetupError } from '../setup/run.mjs';

const entries = { index: path.join('src', 'index.ts'), exercises: path.join('src', 'exercises', 'index.ts') };

/** Writes dist/index.d.ts and dist/exercises.d.ts: one file each, which TypeScript 5.0 (tslab's) reads with Node10 resolution; gives a word on their size. */
export async function declarations(dist) {
  const texts = await Promise.all(Object.entries(entries).map(async ([name, entry]) => [name, nameable(await bundled(path.join(packageRoot, entry)))]));
  fs.mkdirSync(dist, { recursive: true });
  for (const [name, text] of texts) fs.writeFileSync(path.join(dist, `${name}.d.ts`), text);
  return texts.map(([name, text]) => `${name}.d.ts (${Math.round(text.length / 1024)} kB)`).join(', ');
}

async function bundled(entry) {
  const { rollup } = await import('rollup');
  const { dts } = await import('rollup-plugin-dts');
  // tfjs's own declarations name DOM types, which the sources may not.
  const tsconfig = path.join(packageRoot, 'scripts', 'build', 'tsconfig.declarations.json');
  try {
    const made = await rollup({ input: entry, plugins: [dts({ tsconfig })], external: (id) => (entry.includes('exercises') && id === '../index') || (!id.startsWith('.') && !path.isAbsolute(id)), onwarn() {} });
    const { output } = await made.generate({ format: 'es', paths: (id) => (/[\\/]src[\\/]index$/.test(id) ? './index' : id) });
    await made.close();
    return output[0].code;
  } catch (error) {
    throw new SetupError(error.message, { tried: 'bundling the type declarations', todo: 'mend the source; npx tsc --noEmit says more' });
  }
}

/**
 * Exports the types that the public ones mention, too: tslab writes declarations for every cell,
 * and refuses a cell in which a value has a type that it cannot name.
 */
export function nameable(text) {
  const declared = [...text.matchAll(/^(?:declare )?(?:abstract )?(?:type|interface|class|enum) (\w+)/gm)].map((found) => found[1]);
  const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].map((found) => found[1]).join(',');
  const exported = lists.split(',').map((item) => item.trim().replace(/^type /, '').split(' as ')[0]);
  const hidden = [...new Set(declared)].filter((name) => !exported.includes(name));
  return hidden.length ? `${text.trimEnd()}\nexport type { ${hidden.join(', ')} };\n` : text;
}
