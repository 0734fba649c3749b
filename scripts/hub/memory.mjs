import fs from 'node:fs';

/** Watches what each learner's processes hold, once a second: proportional (a page that several share is counted once in all) and resident. */
export class MemoryWatch {
  constructor() {
    this.peaks = new Map();
    this.timer = setInterval(() => this.look(), 1000);
  }

  /** What each learner holds now, in MB; `hub` for what belongs to none. */
  look() {
    const now = new Map();
    for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const user = /(?:^|\0)JUPYTERHUB_USER=([^\0]*)/.exec(fs.readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1];
        if (!user) continue;
        const { pss, rss } = sizes(Number(pid));
        const sum = now.get(user) ?? { pss: 0, rss: 0 };
        now.set(user, { pss: sum.pss + pss, rss: sum.rss + rss });
      } catch {
        continue; // it ended meanwhile, or belongs to another
      }
    }
    for (const [user, { pss, rss }] of now) {
      const peak = this.peaks.get(user) ?? { pss: 0, rss: 0 };
      this.peaks.set(user, { pss: Math.max(peak.pss, pss), rss: Math.max(peak.rss, rss) });
    }
    const all = [...now.values()].reduce((sum, { pss }) => sum + pss, 0);
    this.most = Math.max(this.most ?? 0, all);
    return now;
  }

  stop() {
    clearInterval(this.timer);
  }
}

/** In MB. */
export function sizes(pid) {
  const text = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024;
  return { pss: of('Pss'), rss: of('Rss') };
}

/** What a process and all below it hold, in MB, without those of learners. */
export function treeSize(root) {
  const children = new Map();
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = Number(/\) \S (\d+)/.exec(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'))[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
    } catch {
      continue;
    }
  }
  const sum = (pid) => sizes(pid).pss + (children.get(pid) ?? []).reduce((all, child) => all + sum(child), 0);
  return sum(root);
}
