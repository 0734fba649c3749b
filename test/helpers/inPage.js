// Runs inside JupyterLab's page; jupyterLab.ts calls it. Plain JavaScript, because the tests' TypeScript knows no DOM.
globalThis.inPage = (() => {
  const panel = () => globalThis.jupyterapp?.shell?.currentWidget;
  const replies = [];

  return {
    replies,
    idle: () => panel()?.sessionContext?.session?.kernel?.status === 'idle',

    async listen() {
      await panel().context.ready;
      panel().sessionContext.session.kernel.anyMessage.connect((_, { msg }) => {
        if (msg.header.msg_type === 'execute_reply') replies.push(msg.content);
      });
    },

    command: (id, args) => globalThis.jupyterapp.commands.execute(id, args),

    /** Every output of every code cell, as the notebook's file would hold it. */
    outputs: () => panel().content.widgets.flatMap(({ model }) => (model.type === 'code' ? model.outputs.toJSON() : [])),

    counts: () => panel().content.widgets.flatMap(({ model }) => (model.type === 'code' ? [model.executionCount] : [])),

    /** Each picture on the page: natural size, size on screen, alt text, and how much its pixels vary (0 is blank). */
    async pictures() {
      const images = [...document.querySelectorAll('.jp-OutputArea-output img')];
      return Promise.all(
        images.map(async (image) => {
          await image.decode();
          const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0, 64, 64);
          const values = [...context.getImageData(0, 0, 64, 64).data].filter((_, index) => index % 4 !== 3);
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
          const { naturalWidth, naturalHeight, alt } = image;
          // A live figure stands where its picture was.
          const { width, height } = (image.closest('[data-live=ready]') ?? image).getBoundingClientRect();
          return { naturalWidth, naturalHeight, width, height, alt, deviation: Math.sqrt(variance) };
        }),
      );
    },

    /** Whether JupyterLab believes that the reader made every output (false: scripts and inline SVG are taken out). */
    trusted: () => panel().content.widgets.every(({ model }) => model.type !== 'code' || model.trusted),

    /** Types into a code cell, by its id, in the place of what it holds, and runs it; gives what it then shows as text. */
    async answer(id, source) {
      const { content } = panel();
      const at = content.widgets.findIndex(({ model }) => model.id === id);
      content.widgets[at].model.sharedModel.setSource(source);
      content.activeCellIndex = at;
      await globalThis.jupyterapp.commands.execute('notebook:run-cell');
      return content.widgets[at].node.querySelector('.jp-OutputArea').textContent;
    },

    scrollToTop() {
      document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0;
    },

    height: () => [...document.querySelectorAll('.jp-Notebook-cell')].reduce((sum, cell) => sum + cell.getBoundingClientRect().height, 0),

    /** Asks the kernel for the names that fit at the end of the code. */
    async complete(code) {
      const reply = await panel().sessionContext.session.kernel.requestComplete({ code, cursor_pos: code.length });
      return reply.content.matches;
    },

    /** Asks the kernel what Shift-Tab shows at the end of the code. */
    async inspect(code) {
      const reply = await panel().sessionContext.session.kernel.requestInspect({ code, cursor_pos: code.length, detail_level: 0 });
      return reply.content.data['text/plain'] ?? '';
    },
  };
})();
