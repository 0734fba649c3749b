import { imageSize } from 'image-size';
import { shown } from '../check';
import { isComplete } from './complete';

const megapixels = 100;
const readable = ['png', 'jpg', 'gif'];

/** Refuses what is no readable picture, or too large a one, before anything is decoded. */
export function checkHeader(bytes: Buffer, name: string): void {
  const called = `image ${shown(name)}`;
  if (!bytes.length) throw new Error(`${called} is empty (0 bytes)`);
  const start = Buffer.from(bytes.subarray(0, 512)).toString('latin1').trimStart().toLowerCase();
  if (/^(<!doctype html|<html|<head)/.test(start)) throw new Error(`${called} is an HTML page, not a picture: use the address of the picture itself`);
  const { width, height, type } = readHeader(bytes, called);
  if (!readable.includes(type ?? '')) throw new Error(`${called} is a ${(type ?? 'unknown').toUpperCase()} file, which node-canvas does not read: save it as PNG or JPEG`);
  if (!width || !height) throw new Error(`${called} is ${width} x ${height} pixels: nothing to see`);
  if (width * height > megapixels * 1e6) {
    throw new Error(`${called} is ${width} x ${height} pixels (${Math.round((width * height) / 1e6)} megapixels; at most ${megapixels}): make it smaller first`);
  }
  if (!isComplete(bytes, type ?? '')) throw new Error(`${called} is cut short: the file ends before the picture does`);
}

function readHeader(bytes: Uint8Array, called: string) {
  try {
    return imageSize(bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (/unsupported file type/i.test(why)) throw new Error(`${called} is not a picture (PNG, JPEG or GIF)`);
    throw new Error(`${called} is damaged or cut short${/bounds/.test(why) ? '' : `: ${why}`}`);
  }
}
