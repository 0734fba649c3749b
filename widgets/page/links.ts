/** What is shared between the widgets of one figure: the class that is picked, and the place that is pointed at, 0 to 1 from the left and the top of the image. */
export interface Topics {
  target: number;
  cursor: { u: number; v: number } | undefined;
}

/** How a widget takes part in a topic. */
export interface Link<Data, State, T> {
  /** Its own value. */
  tell(state: State, data: Data): T;
  /** What another widget's value changes; undefined: nothing. */
  hear(value: T, state: State, data: Data): Partial<State> | undefined;
}

export type TopicLinks<Data, State> = { [T in keyof Topics]?: Link<Data, State, Topics[T]> };

/** Ties a widget to the bus of its figure. Gives the function that tells the others what has changed; of what was heard from them nothing is told again. */
export function linkUp<Data, State>(links: TopicLinks<Data, State>, bus: EventTarget, state: State, data: Data, hear: (patch: Partial<State> | undefined) => void): (heard: boolean) => void {
  const own = Object.entries(links) as [string, Link<Data, State, unknown>][];
  const valueOf = ([, link]: (typeof own)[number]): string => JSON.stringify(link.tell(state, data));
  const told = own.map(valueOf);
  const me = {};
  for (const [topic, link] of own) {
    bus.addEventListener(topic, (event) => {
      const { detail } = event as CustomEvent<{ value: unknown; from: object }>;
      if (detail.from !== me) hear(link.hear(detail.value, state, data));
    });
  }
  return (heard) =>
    own.forEach(([topic, link], at) => {
      const now = valueOf(own[at]);
      if (now === told[at]) return;
      told[at] = now;
      if (!heard) bus.dispatchEvent(new CustomEvent(topic, { detail: { value: link.tell(state, data), from: me } }));
    });
}
