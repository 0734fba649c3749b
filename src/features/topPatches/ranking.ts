/** The best few of a stream; of equals the earlier one. */
export class Ranking<T> {
  readonly items: { score: number; item: T }[] = [];

  constructor(private readonly most: number) {}

  /** Whether an item of this score would be kept. */
  admits(score: number): boolean {
    return this.items.length < this.most || score > this.items[this.items.length - 1].score;
  }

  add(score: number, item: T): void {
    const place = this.items.findIndex((each) => score > each.score);
    this.items.splice(place < 0 ? this.items.length : place, 0, { score, item });
    this.items.length = Math.min(this.items.length, this.most);
  }
}
