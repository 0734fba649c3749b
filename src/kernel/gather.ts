type WriteStream = (name: string, text: string) => void;

/** How many messages of one cell go out at once before text is gathered, and for how many milliseconds it then is. */
const atOnce = 200;
const wait = 50;

export interface Gathered {
  write: WriteStream;
  /** Sends what is held back; to be called before anything else goes out, and at the cell's end. */
  flush(): void;
}

/**
 * Sends printed text in few messages when there is much of it: JupyterLab takes minutes to draw 20,000 messages, and a moment for the same text in
 * ten. The first lines go out at once, so that what is printed before long work is seen.
 */
export function gather(send: WriteStream): Gathered {
  let sent = 0;
  let last = 0;
  let held = '';
  let stream = '';
  let timer: NodeJS.Immediate | undefined;

  const flush = (): void => {
    if (timer) clearImmediate(timer);
    timer = undefined;
    if (!held) return;
    const text = held;
    held = '';
    sent++;
    last = performance.now();
    send(stream, text);
  };

  return {
    flush,
    write(name, text) {
      if (name !== stream) flush();
      stream = name;
      held += text;
      if (sent < atOnce || performance.now() - last > wait) flush();
      else timer ??= setImmediate(flush);
    },
  };
}
