import { inKernel } from './inKernel';

// Only one listener for all the work in hand: with one each, the inner of two nested jobs would hear the button and the outer not.
const inHand = new Set<AbortController>();
let others: NodeJS.SignalsListener[] = [];
let pressed = -Infinity;

const stop: NodeJS.SignalsListener = (signal) => {
  const again = performance.now() - pressed < 1000;
  pressed = performance.now();
  const running = [...inHand].filter((controller) => !controller.signal.aborted);
  for (const controller of running) controller.abort(new DOMException('interrupted', 'AbortError'));
  // Pressed twice, or nothing left to stop: the kernel ends the cell.
  if (again || !running.length) for (const other of others) other(signal);
};

/**
 * Aborts the controller when the kernel's interrupt button is pressed; returns what ends the listening.
 * Must not be called in the synchronous part of a cell: there tslab gives SIGINT back its deadly default afterwards.
 */
export function onInterrupt(controller: AbortController): () => void {
  // In a program of its own, Ctrl-C ends the program as everywhere.
  if (!inKernel()) return () => undefined;
  if (!inHand.size) {
    others = process.listeners('SIGINT') as NodeJS.SignalsListener[];
    // Ours comes before the others go: without any listener SIGINT kills.
    process.on('SIGINT', stop);
    for (const other of others) process.off('SIGINT', other);
  }
  inHand.add(controller);
  return () => {
    if (!inHand.delete(controller) || inHand.size) return;
    for (const other of others) process.on('SIGINT', other);
    process.off('SIGINT', stop);
  };
}
