/** What a live view needs: the widget's script, and its data. */
export interface LivePart {
  /** The name of its script, as `overlay` for dist/widgets/overlay.js. */
  widget: string;
  /** The data; with `detail` below 1 about that share of them, for what would be too large. */
  data(detail: number): unknown;
}
