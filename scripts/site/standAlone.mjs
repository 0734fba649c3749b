/** What a page asks of others as soon as it is opened: nothing may be there. Scripts of figures and links that are to be clicked are no requests. */
export function requests(html) {
  const markup = html.replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, (script) => script.slice(0, script.indexOf('>') + 1));
  const found = [];
  for (const [tag] of markup.matchAll(/<(?!a\b)[a-z][\w-]*\b(?:"[^"]*"|'[^']*'|[^>"'])*>/gi)) {
    for (const [, name, value] of tag.matchAll(/\s(src|srcset|href|xlink:href|poster|data|action)="([^"]*)"/gi)) {
      if (!/^(data:|#)/.test(value)) found.push(`${name}="${value.slice(0, 80)}" in ${tag.slice(0, 60)}`);
    }
  }
  for (const [, style] of markup.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/g)) {
    for (const [rule] of style.matchAll(/@import[^;]*|url\((?!["']?(?:data:|#))[^)]*\)/g)) found.push(rule.slice(0, 80));
  }
  return found;
}
