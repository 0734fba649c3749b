import type { Logs, Snapshot } from './data';

/** What is kept of a training: the logs of all epochs, and moments of the network evenly spread over it. */
export class Recording<Moment extends Pick<Snapshot, 'epoch'> = Snapshot> {
  readonly logs: Logs[] = [];
  private readonly kept: Moment[] = [];
  private newest?: Moment;
  private every = 1;

  constructor(private readonly most: number) {}

  /** Takes a moment; the newest always stays. */
  add(snapshot: Moment): void {
    this.newest = snapshot;
    if (snapshot.epoch % this.every) return;
    this.kept.push(snapshot);
    if (this.kept.length <= this.most) return;
    // Twice as far apart: the first stays, and half of the others.
    this.every *= 2;
    const spread = this.kept.filter(({ epoch }) => epoch % this.every === 0);
    this.kept.splice(0, this.kept.length, ...spread);
  }

  /** The moments, the newest among them. */
  get snapshots(): Moment[] {
    const last = this.kept[this.kept.length - 1];
    return this.newest && last !== this.newest ? [...this.kept, this.newest] : [...this.kept];
  }

  /** How many epochs the network has been trained. */
  get epochs(): number {
    return this.logs.length;
  }
}
