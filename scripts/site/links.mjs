import path from 'node:path';
import { escaped } from './text.mjs';

/**
 * What links say on a page of the site: other notebooks become other pages, files of the repository lead to `files` (an address that ends
 * where the repository's root is) or are plain text, and addresses on the web stay. `pages`: the names that are on the site.
 */
export const relinked = (html, { pages, files }) =>
  html.replace(/<a\b([^>]*?)\shref="([^"]*)"([^>]*)>([\s\S]*?)<\/a>/g, (whole, before, href, after, text) => {
    const target = goal(href, pages, files);
    if (target === href) return whole;
    return target === '' ? `<span class="unlinked">${text}</span>` : `<a${before} href="${target}"${after}>${text}</a>`;
  });

function goal(href, pages, files) {
  if (href.startsWith('#') || /^[a-z][a-z\d+.-]*:/i.test(href)) return href;
  const [place, anchor] = href.split('#');
  const notebook = /^(?:\.\/)?([^/]+)\.ipynb$/.exec(place);
  if (notebook && pages.includes(notebook[1])) return `${notebook[1]}.html${anchor ? `#${anchor}` : ''}`;
  if (!files) return '';
  const inRepository = path.posix.normalize(path.posix.join('notebooks', place));
  return escaped(`${files.replace(/\/$/, '')}/${inRepository}${anchor ? `#${anchor}` : ''}`);
}
