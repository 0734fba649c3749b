import type { Locator } from 'playwright-core';

/** All that is drawn, pixels and marks, as one text: to see whether anything changed. */
export const drawn = (stage: Locator): Promise<string> => stage.evaluate((element) => [...element.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()).join() + element.querySelector('svg')?.outerHTML);
