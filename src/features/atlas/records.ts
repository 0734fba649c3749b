import { createHash } from 'node:crypto';
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';

/** How large the parts of a record are; all records of a file are alike. */
export interface RecordShape {
  /** Activations of an image. */
  positions: number;
  channels: number;
  /** Classes whose attribution is kept. */
  classes: number;
  /** Pixels along a side of a crop. */
  tile: number;
}

/** What is kept of one image. */
export interface ImageRecord {
  /** Row and column of each position. */
  cells: Uint16Array;
  /** `[positions, channels]` */
  vectors: Float32Array;
  /** The classes that were looked at. */
  classes: Uint32Array;
  /** `[positions, classes]` */
  attributions: Float32Array;
  /** Red, green and blue of each crop, `[positions, tile, tile, 3]`. */
  crops: Uint8Array;
}

const headBytes = 16;

/**
 * What is known of each image, in a file of records of one length: a check sum, a hash of the image's stamp, the values. Records are added as they come, so that a run
 * that was cut off, even in the midst of a record, can be gone on with; a damaged record counts as missing. Only the places of the records are in memory.
 */
export class Records {
  /** How many records were damaged. */
  damaged = 0;
  private readonly file: number;
  private readonly length: number;
  private readonly places = new Map<string, number>();
  private end: number;

  constructor(full: string, private readonly shape: RecordShape) {
    this.length = headBytes + bytesOf(shape).at(-1)!.end;
    mkdirSync(path.dirname(full), { recursive: true });
    this.file = openSync(full, 'a+');
    this.end = Math.floor(fstatSync(this.file).size / this.length);
    // The rest of a record that was not finished: what follows it must begin in its place.
    ftruncateSync(this.file, this.end * this.length);
    const bytes = Buffer.alloc(this.length);
    for (let at = 0; at < this.end; at++) {
      this.read(bytes, at, 0);
      if (bytes.readUInt32LE(0) === crc32(bytes.subarray(4))) this.places.set(bytes.toString('hex', 4, headBytes), at);
      else this.damaged += 1;
    }
  }

  has(stamp: string): boolean {
    return this.places.has(hashOf(stamp));
  }

  add(stamp: string, record: ImageRecord): void {
    const bytes = Buffer.alloc(this.length);
    const hash = hashOf(stamp);
    bytes.write(hash, 4, 'hex');
    for (const { name, start } of bytesOf(this.shape)) {
      const { buffer, byteOffset, byteLength } = record[name];
      bytes.set(new Uint8Array(buffer, byteOffset, byteLength), headBytes + start);
    }
    bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    writeSync(this.file, bytes);
    this.places.set(hash, this.end++);
  }

  /** One part of an image's record. */
  get<Name extends keyof ImageRecord>(stamp: string, name: Name): ImageRecord[Name] {
    const place = this.places.get(hashOf(stamp));
    const part = bytesOf(this.shape).find((each) => each.name === name) as Part;
    if (place === undefined) throw new Error(`nothing is kept of the image ${JSON.stringify(stamp)}`);
    const bytes = new Uint8Array(part.end - part.start);
    this.read(bytes, place, headBytes + part.start);
    return new part.Kind(bytes.buffer) as ImageRecord[Name];
  }

  close(): void {
    closeSync(this.file);
  }

  private read(bytes: Uint8Array, place: number, offset: number): void {
    readSync(this.file, bytes, 0, bytes.length, place * this.length + offset);
  }
}

interface Part {
  name: keyof ImageRecord;
  Kind: new (buffer: ArrayBuffer) => ImageRecord[keyof ImageRecord];
  start: number;
  end: number;
}

function bytesOf({ positions, channels, classes, tile }: RecordShape): Part[] {
  const kinds = [
    { name: 'vectors', Kind: Float32Array, length: positions * channels },
    { name: 'attributions', Kind: Float32Array, length: positions * classes },
    { name: 'classes', Kind: Uint32Array, length: classes },
    { name: 'cells', Kind: Uint16Array, length: positions * 2 },
    { name: 'crops', Kind: Uint8Array, length: positions * tile * tile * 3 },
  ] as const;
  let start = 0;
  return kinds.map(({ name, Kind, length }): Part => ({ name, Kind, start, end: (start += length * Kind.BYTES_PER_ELEMENT) }));
}

/** Twelve bytes, in hexadecimal. */
const hashOf = (stamp: string): string => createHash('sha256').update(stamp).digest('hex').slice(0, (headBytes - 4) * 2);
