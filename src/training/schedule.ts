/** The learning rate at a step: from 0 to its peak over `warmUp` steps, then down to 0 along half a cosine (Loshchilov and Hutter 2017). */
export function rateAt(step: number, steps: number, peak: number, warmUp: number): number {
  if (step < warmUp) return (peak * (step + 1)) / warmUp;
  return (peak / 2) * (1 + Math.cos((Math.PI * (step - warmUp)) / Math.max(1, steps - warmUp)));
}
