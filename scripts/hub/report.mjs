const sorted = (values) => values.filter((value) => value !== undefined && !Number.isNaN(value)).sort((a, b) => a - b);
const median = (values) => {
  const all = sorted(values);
  return all.length ? (all[(all.length - 1) >> 1] + all[all.length >> 1]) / 2 : NaN;
};
const most = (values) => sorted(values).at(-1) ?? NaN;

const seconds = (values) => (values.length > 1 ? `${median(values).toFixed(1)} (${most(values).toFixed(1)})` : median(values).toFixed(1));
const megabytes = (value) => (Number.isNaN(value) ? '?' : value.toFixed(0));

const heads = ['learners', 'settings', 'server s', 'kernel s', 'notebook s', 'slowest cell s', 'peak MB', 'at rest MB', 'resident MB', 'all MB', 'hub MB', 'failures'];

function row({ count, variant, learners, all, own }) {
  const of = (key) => learners.map((one) => one[key]);
  return [
    count,
    variant.name,
    seconds(of('server')),
    seconds(of('kernel')),
    seconds(of('notebook')),
    most(of('slowest')).toFixed(1),
    megabytes(median(learners.map(({ peak }) => peak?.pss))),
    megabytes(median(learners.map(({ rest }) => rest?.pss))),
    megabytes(median(learners.map(({ peak }) => peak?.rss))),
    megabytes(all),
    megabytes(own),
    learners.reduce((sum, { failures }) => sum + failures.length, 0),
  ].map(String);
}

/** Lessons as aligned text. */
export function table(lessons, withHeads) {
  const widths = [8, 9, 12, 12, 14, 14, 8, 10, 11, 7, 6, 8];
  const line = (cells) => cells.map((cell, i) => cell.padStart(widths[i])).join('  ');
  return [...(withHeads ? [line(heads)] : []), ...lessons.map((one) => line(row(one)))].join('\n');
}

const markdown = (lessons, keys) => {
  const picked = keys.map((key) => heads.indexOf(key));
  const line = (cells) => `| ${picked.map((i) => cells[i]).join(' | ')} |`;
  return [line(heads), `|${picked.map((i) => (i === 1 ? ' --- |' : ' ---: |')).join('')}`, ...lessons.map((one) => line(row(one)))].join('\n');
};

/** deploy/MEASURED.md. */
export function measured(lessons, { culled, notebook, processor, cores, memory }) {
  const first = lessons[0].variant.name;
  const classes = lessons.filter(({ variant }) => variant.name === first);
  const others = lessons.filter(({ variant, count }) => count === 4 || variant.name !== first);
  return `# A class on one machine, measured

\`npm run hub\` wrote this file: JupyterHub with \`deploy/jupyterhub_config.py\` on loopback, no containers, every learner at once and each with a server and a kernel of their own;
\`${notebook}\` run cell by cell over the connection that JupyterLab uses. ${processor}, ${cores} processors, ${Math.round(memory / 2 ** 30)} GB. One uncounted start before.

## More learners

${markdown(classes, ['learners', 'server s', 'kernel s', 'notebook s', 'slowest cell s', 'peak MB', 'at rest MB', 'resident MB', 'all MB', 'hub MB', 'failures'])}

Seconds: the median of the learners, in brackets the slowest. Server: from the click to a server that answers. Kernel: to the first answer. Notebook: all its cells, without a pause, as no class works.
MB are those of one learner (server and kernel), the median: at the peak, and two seconds after the last cell. They are proportional (PSS: a page that several processes share is divided among them); resident (RSS) counts
shared pages, most of them TensorFlow's library, for each anew. All: the highest sum of the learners at one moment. Hub: hub, proxy and culler.

## Other settings

${markdown(others, ['settings', 'learners', 'server s', 'kernel s', 'notebook s', 'slowest cell s', 'peak MB', 'at rest MB', 'all MB', 'failures'])}

${others
  .map(({ variant }) => `- \`${variant.name}\`: ${variant.says}`)
  .filter((line, i, all) => all.indexOf(line) === i)
  .join('\n')}

## A learner who leaves

With ${culled.kernelIdle} s for kernels and ${culled.serverIdle} s for servers in place of an hour and an hour and a half, the page left open: the kernel was ended after ${when(culled.kernel)}, and what the learner held fell from
${megabytes(culled.before)} to ${megabytes(culled.after)} MB; the server was stopped after ${when(culled.server)}.
`;
}

const when = (seconds) => (Number.isFinite(seconds) ? `${seconds.toFixed(0)} s` : 'more than two minutes');
