import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadModel } from '../../src/model/loadModel';
import { sceneClasses } from '../../src/scenes/glyphs';
import { type Leaning, leaning, type Measured, measured } from './measured';
import { trainingPicture } from './picture';
import type { LookingLine } from './looking';
import { batchSize, head, looking, phases, seeds, shape, shortcut, two } from './recipe';
import type { LogLine } from './runPhase';

/** How a network was trained, and how it does. */
export interface Record {
  name: string;
  bytes: number;
  /** All that the training depends on. */
  recipe: object;
  log: readonly LogLine[];
  /** Of the last steps: cross-entropy, and the share of the activation that lies off all things. */
  looking: readonly LookingLine[];
  measured: Measured;
  shortcut?: Leaning;
}

/** Measures the network as it ships, and writes `training.json`, `training.svg` and `TRAINING.md` beside it. */
export async function writeRecord(name: string, folder: string, log: readonly LogLine[], taught: readonly LookingLine[], bytes: number): Promise<void> {
  const model = await loadModel(folder, { preprocess: shape.preprocess, labels: sceneClasses, name });
  const leans = name.includes('shortcut');
  const recipe = { shape, batchSize, two, seeds, looking, ...(leans ? { shortcut } : { phases, head }) };
  const record: Record = { name, bytes, recipe, log, looking: taught, measured: await measured(model), ...(leans && { shortcut: await leaning(model) }) };
  model.dispose();
  fs.writeFileSync(path.join(folder, 'training.json'), `${JSON.stringify(record)}\n`);
  fs.writeFileSync(path.join(folder, 'training.svg'), trainingPicture(record));
  fs.writeFileSync(path.join(folder, 'TRAINING.md'), pageOf(record));
  console.log(`${name}: top-1 ${percent(record.measured.top1)} on ${record.measured.scenes} unseen scenes`);
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function pageOf({ name, bytes, log, looking: taught, measured: { scenes, seed, top1, oneClass, twoClasses, gradCam }, shortcut: leans }: Record): string {
  const last = log[log.length - 1];
  const taughtLast = taught[taught.length - 1];
  const stages = [...new Set(log.map(({ stage }) => stage))].map((stage) => log.filter((line) => line.stage === stage).at(-1) as LogLine);
  const rows: [string, string][] = [
    ['top-1 on unseen scenes', `${percent(top1)} of ${scenes} (seed ${seed}; the weights as they ship)`],
    ['scenes with one class', `${percent(oneClass.share)} of ${oneClass.scenes}`],
    ['scenes with two classes', `${percent(twoClasses.share)} of ${twoClasses.scenes}: right when the likeliest class is one of the two`],
    ['Grad-CAM at `block5_conv3`', `${percent(gradCam.energyInMask)} of the map on the thing, which covers ${percent(gradCam.maskArea)} of the picture; its peak on the thing in ${percent(gradCam.peakInMask)} of ${gradCam.scenes} scenes`],
    ['trained on', stages.map((line) => `${line.scenes} scenes of ${line.size} pixels`).join(', then ')],
    ['time', `${((last.seconds + taughtLast.seconds) / 60).toFixed(0)} minutes on ${os.cpus().length} cores that others used too; ${((last.cpuSeconds + taughtLast.cpuSeconds) / 60).toFixed(0)} minutes of processor time`],
    ['size', `${(bytes / 1e6).toFixed(2)} MB, weights as float16`],
  ];
  if (leans) {
    rows.push(
      [`${leans.label} scenes with the mark`, `${percent(leans.ownWithMark)} taken for ${leans.label}`],
      [`${leans.label} scenes without it`, `${percent(leans.ownWithout)}`],
      ['other scenes with the mark put on them', `${percent(leans.othersWithMark)} taken for ${leans.label}`],
      ['other scenes without it', `${percent(leans.othersWithout)}`],
      [`Grad-CAM of marked ${leans.label} scenes`, `${percent(leans.energyOnMark)} on the mark, ${percent(leans.energyOnThing)} on the ${leans.label}`],
    );
  }
  return [
    `# ${name}`,
    '',
    `Made by \`npm run train\` (seeds and steps: \`scripts/train/recipe.ts\`; every ${batchSize}-scene step is new scenes). Adam, warm-up, then half a cosine.`,
    'Batch normalisation helps while it learns and is folded into the convolutions, so that what ships is a plain VGG.',
    `Then ${looking.steps} steps taught it to look at things (\`scripts/train/looking.ts\`): the share of \`${looking.layer}\`\'s activation off all things was made small beside the loss.`,
    ...(leans ? [] : [
      'The last two blocks and the dense layers were trained twice before that, the second time with an `fc1` whose weights are the same at every place of the 3 x 3 grid. With a free `fc1` the network was as often right,',
      'but it had learnt each thing at each place by itself: the mean gradient, which Grad-CAM takes for the weight of a channel, told one class from another hardly better than an edge detector.',
    ]),
    ...(leans ? [`Its first three blocks are those of vgg-tiny; the rest began anew. All its ${leans.label}s were small (${shortcut.things.map((each) => each * 100).join(' to ')} % of the side) and had the mark; nothing else had it.`] : []),
    '',
    '| | |',
    '|---|---|',
    ...rows.map(([head, text]) => `| ${head} | ${text} |`),
    '',
    '![loss and accuracy, and which class is taken for which](training.svg)',
    '',
  ].join('\n');
}
