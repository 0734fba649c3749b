/** 32 bits so changed that neighbouring numbers have nothing in common. */
export function stir(bits: number): number {
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}

/** A seed of up to 53 bits as 32: beyond 32 the rest of the number counts too. */
export const seedBits = (seed: number): number => (seed ^ Math.floor(seed / 2 ** 32)) >>> 0;
