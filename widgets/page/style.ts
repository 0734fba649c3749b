import { accent, faintInk, hairline, ink, noteInk, softInk } from '../../src/figure/svg';

// A drawing names the inks of a white page; on a dark one the same names stand for others.
const inks = [
  { name: 'ink', light: ink, dark: '#e6edf3' },
  { name: 'soft', light: softInk, dark: '#b1bac4' },
  { name: 'faint', light: faintInk, dark: '#9da7b1' },
  { name: 'line', light: hairline, dark: '#444c56' },
  { name: 'note', light: noteInk, dark: '#f0b072' },
  { name: 'accent', light: accent, dark: '#79b8ff' },
];

const variables = (shade: 'light' | 'dark'): string => inks.map((each) => `--${each.name}:${each[shade]}`).join(';');
const swaps = inks.map(({ name, light }) => `svg[fill="${light}"],[fill="${light}"]{fill:var(--${name})}[stroke="${light}"]{stroke:var(--${name})}`).join('');

export const style = `
:host{display:block}
.widget{${variables('light')};--field:#fff;--press:#eaeef2;color-scheme:light;color:var(--ink);font:13px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;text-align:left}
.widget.dark{${variables('dark')};--field:#22272e;--press:#373e47;color-scheme:dark}
${swaps}
svg{display:block;color:var(--ink);position:relative;overflow:visible}
.bar{display:flex;flex-wrap:wrap;gap:6px 14px;align-items:center;margin:2px 0 8px;padding:0 2px}
.bar:empty{display:none}
label,.group{display:inline-flex;align-items:center;gap:6px;color:var(--soft)}
label>span,.group>span{white-space:nowrap}
.group{flex-wrap:wrap;max-width:100%}
output{color:var(--ink);font-variant-numeric:tabular-nums;min-width:3.2em;white-space:nowrap}
select,button,input[type=search]{font:inherit;color:var(--ink);background:var(--field);border:1px solid var(--line);border-radius:6px;padding:2px 8px;min-height:28px;max-width:100%}
select{max-width:230px;text-overflow:ellipsis}
button{cursor:pointer}
button:hover:not(:disabled,[aria-pressed=true],[aria-checked=true]){background:var(--press)}
button[aria-pressed=true],button[aria-checked=true]{background:var(--accent);border-color:var(--accent);color:var(--field)}
button:disabled{opacity:.5;cursor:default}
.choice{display:inline-flex}
.choice button{border-radius:0;margin-left:-1px}
.choice button:first-child{border-radius:6px 0 0 6px;margin-left:0}
.choice button:last-child{border-radius:0 6px 6px 0}
input[type=range]{accent-color:var(--accent);width:130px;margin:0}
input[type=checkbox]{accent-color:var(--accent);width:16px;height:16px;margin:0}
.frame{max-width:100%;overflow:auto}
.stage{position:relative;touch-action:pan-y;user-select:none;-webkit-user-select:none;border-radius:6px}
.aside{position:relative;margin-top:8px}
canvas{position:absolute;display:block}
canvas.crisp{image-rendering:pixelated}
.stage.pointable{cursor:crosshair}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.stage:focus-visible{outline-offset:-2px}
.status{margin:6px 2px 0;min-height:1.45em;color:var(--ink);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.help{margin:2px 2px 0;color:var(--soft);font-size:12px;display:none}
.widget:focus-within .help{display:block}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (pointer:coarse){select,button{min-height:36px}input[type=range]{height:30px}}
`;
