import { notebookTests } from '../helpers/notebookTests';

interface Sliding {
  kernel: number;
  stride: number;
  dilation: number;
}

const strideTooEarly = (stack: Sliding[]): number => stack.reduce(([field, jump], { kernel, stride, dilation }) => [field + (kernel - 1) * dilation * jump * stride, jump * stride], [1, 1])[0];
const noStride = (stack: Sliding[]): number => stack.reduce((field, { kernel, dilation }) => field + (kernel - 1) * dilation, 1);
const noDilation = (stack: Sliding[]): number => stack.reduce(([field, jump], { kernel, stride }) => [field + (kernel - 1) * jump, jump * stride], [1, 1])[0];
const fromNothing = (stack: Sliding[]): number => stack.reduce(([field, jump], { kernel, stride, dilation }) => [field + (kernel - 1) * dilation * jump, jump * stride], [0, 1])[0];
const wholeKernels = (stack: Sliding[]): number => stack.reduce(([field, jump], { kernel, stride, dilation }) => [field + (kernel * dilation - 1) * jump, jump * stride], [1, 1])[0];

notebookTests('01-architecture', {
  1: [[294_912, /added at the end/], [590_080, /block3_conv2/], [2_560, /every channel/], [33_024, /1 × 1/], [1_152, /more/], ['295168', /number/]],
  2: [[102_764_544, /224/], [411_058_176, /biases/], [205_529_088, /cells/], [411_041_792, /missing/], [1, /flatten/]],
  3: [[strideTooEarly, /order/], [noStride, /strides/], [noDilation, /dilation/], [fromNothing, /one too small/], [wholeKernels, /gaps/], [() => undefined, /return/], [7, /function/]],
}).run();
