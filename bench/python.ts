import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(__dirname, '.venv');
const requirements = path.join(__dirname, 'requirements.txt');

/** The Python that has the peers: of CONVLENS_BENCH_PYTHON, else of bench/.venv, which is made (a gigabyte and more is fetched) when it is not as requirements.txt says. */
export function peersPython(): string {
  const given = process.env.CONVLENS_BENCH_PYTHON;
  if (given) return given;
  const python = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const stamp = path.join(folder, '.convlens');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  console.log(`installing the peers into ${folder}`);
  const run = (command: string, ...args: string[]): unknown => execFileSync(command, args, { stdio: 'inherit' });
  if (!existsSync(python)) run(process.platform === 'win32' ? 'python' : 'python3', '-m', 'venv', folder);
  run(python, '-m', 'pip', 'install', '--quiet', '--quiet', '-r', requirements);
  writeFileSync(stamp, wanted);
  return python;
}
