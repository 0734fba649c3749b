/** A URL's path as a person reads it; as it stands where its percent signs are no encoding. */
export function urlPath({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname; // "/100%.json"
  }
}
