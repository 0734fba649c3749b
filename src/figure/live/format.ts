import type { Coded } from './codes';

// Packed data are: the length of the JSON (four bytes, little end first), the JSON, the bytes that it points into; deflated; base64.

/** What stands in the JSON in place of a typed array or of pixels. */
export type Packed =
  | ({ $: 'floats'; at: number; length: number } & Coded)
  | { $: 'bytes'; at: number; length: number }
  | { $: 'pixels'; at: number; length: number; type: 'image/jpeg' | 'image/png'; width: number; height: number; name?: string };

export const isPacked = (value: unknown): value is Packed => value !== null && typeof value === 'object' && '$' in value;
