import { randomBytes } from 'node:crypto';
import type { LivePart } from './live';
import { pack } from './pack';
import { runtimeOf } from './runtime';

/** Bytes of an output: from here on its size is told, and beyond this its detail is reduced. */
const large = 1e6;
const most = 4.5e6;
const least = 1 / 64;

/** The live parts of one output: each gets an element to live in, and all of them one script. */
export class LiveScript {
  private readonly parts: { id: string; part: LivePart }[] = [];

  /** The id of the element that this part will replace. No two outputs have the same. */
  add(part: LivePart): string {
    const id = `convlens-${randomBytes(8).toString('hex')}`;
    this.parts.push({ id, part });
    return id;
  }

  /** The script, and a line about the size where it is large; `beside`: how many bytes of HTML there are already. */
  html(beside: number): string {
    if (!this.parts.length) return '';
    for (let detail = 1; ; detail /= 2) {
      const script = this.script(detail);
      const bytes = beside + script.length;
      if (bytes <= most || detail <= least) return script + sizeLine(bytes, detail);
    }
  }

  /** Parts of one output share a bus, by which a class or a place that is picked in one moves in the others. */
  private script(detail: number): string {
    const blocks = [...new Set(this.parts.map(({ part }) => part.widget))].map((widget) => {
      const calls = this.parts.filter(({ part }) => part.widget === widget).map(({ id, part }) => `convlens.wake("${id}","${pack(part.data(detail))}",bus)`);
      return `(()=>{${inScript(runtimeOf(widget))};${calls.join(';')}})()`;
    });
    return `<script>(()=>{const bus=new EventTarget();${blocks.join(';')}})()</script>`;
  }
}

/** No text inside may end the script element. */
const inScript = (code: string): string => code.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');

function sizeLine(bytes: number, detail: number): string {
  if (bytes < large) return '';
  const reduced = detail < 1 ? `; reduced to 1/${1 / detail} of its detail to stay below 5 MB` : '';
  return `<div style="font:11px system-ui,sans-serif;opacity:.75">${(bytes / 1e6).toFixed(1)} MB in this output${reduced}</div>`;
}
