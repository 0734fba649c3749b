/** Whether the file reaches its own end mark: decoders fill what is missing with grey and say nothing. */
export function isComplete(bytes: Buffer, type: string): boolean {
  if (type === 'png') return bytes.includes('IEND');
  if (type === 'gif') return bytes.lastIndexOf(0x3b) > 13;
  return jpegEnds(bytes);
}

/** The end mark must follow the start of the scan; one inside an EXIF thumbnail does not count. */
function jpegEnds(bytes: Buffer): boolean {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    if (bytes[at + 1] === 0xda) return bytes.indexOf(Buffer.from([0xff, 0xd9]), at) >= 0;
    // Fill bytes before a marker are allowed.
    at += bytes[at + 1] === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return false;
}
