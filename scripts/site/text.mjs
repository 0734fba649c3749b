const signs = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escaped = (text) => text.replace(/[&<>"]/g, (sign) => signs[sign]);

export const unescaped = (text) =>
  text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'");

/** Markdown's marks taken off: for a title, a description, an attribute. */
export const plain = (markdown) =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__|`|\$/g, '')
    .replace(/(^|\W)[*_](\S(?:[^*_]*\S)?)[*_](?=\W|$)/g, '$1$2');

/** The question that a notebook opens with: the text up to its first question mark, or its first sentences. */
export function openingOf(markdown, most = 240) {
  const sentences = plain(markdown).match(/[^.?!]+(?:[.?!]+(?!\s)[^.?!]*)*[.?!]*\s*/g) ?? [];
  let text = '';
  for (const sentence of sentences) {
    if (text && (text + sentence).trim().length > most) break;
    text += sentence;
    if (/\?\s*$/.test(sentence)) break;
  }
  return text.trim();
}
