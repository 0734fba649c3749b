import type { Attribution, Predictions } from '../../index';
import { type Exercises, type Given, type Judgement, notYet, right } from '../exercise';
import { amount, choice } from '../judges';

const percent = ({ answers }: Given): number => 100 * [...(answers as Predictions)][0].score;

export const startHere = {
  1: {
    asks: 'How likely is the first answer, in percent?',
    needs: ['answers'],
    judge: amount({
      is: percent,
      within: 0.5,
      because: 'So likely is the first answer. All the others share what is left to 100 %.',
      mistakes: [
        { gives: (given) => percent(given) / 100, hint: 'That is the share of 1. In percent it is a hundred times as much.' },
        { gives: ({ answers }) => [...(answers as Predictions)][0].logit, hint: 'That is the logit, the score. The probability is the number with the % sign.' },
        { gives: ({ answers }) => 100 * ([...(answers as Predictions)][1]?.score ?? NaN), hint: 'That belongs to the second answer. The first one has the longest bar.' },
      ],
      low: 'More than that: read the number with the % sign beside the longest bar.',
      high: 'Less than that: read the number with the % sign beside the longest bar.',
    }),
  },
  2: {
    asks: 'Which of the four methods used no gradient?',
    judge: choice({
      is: 'occlusion',
      because: 'It hides a part and asks again. It needs nothing from inside the network, only its answers.',
      hints: {
        saliency: 'Saliency is the plain gradient: how much the score changes when a pixel changes a little.',
        'guided backpropagation': 'Guided backpropagation sends a gradient back, through changed rules.',
        'Grad-CAM': 'Its name begins with "Grad", for gradient: it weighs the channels of a layer by theirs.',
      },
    }),
  },
  3: {
    asks: 'What does Grad-CAM show for the second answer?',
    needs: ['rival'],
    judge: (answer, given) => ofRival(answer, given.rival as string | number),
  },
} satisfies Exercises;

function ofRival(answer: unknown, rival: string | number): Judgement {
  const map = answer as Partial<Attribution> | null;
  if (!map || typeof map !== 'object' || !map.target || typeof map.method !== 'string') return notYet('The answer is a map: what cl.gradCam(model, photo, ...) gives, with await before it.');
  if (map.method !== 'Grad-CAM') return notYet(`That is a map of ${map.method}. The question is what Grad-CAM shows.`);
  const { index, label } = map.target;
  if (label !== rival && index !== rival) return notYet(`That map explains ${label}. Say which class you mean, as the last thing in the brackets: { target: ... }, and the second answer is in rival.`);
  return right(`Grad-CAM for ${label}. Compare it with the map of the first answer: each answer has its own map.`);
}
