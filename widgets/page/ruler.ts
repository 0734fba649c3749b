import { fontFamily } from '../../src/figure/svg';
import { ruler } from '../../src/figure/text';

const context = document.createElement('canvas').getContext('2d');
const known = new Map<string, number>();

if (context) {
  ruler.width = (text, size, bold = false) => {
    const font = `${bold ? '600 ' : ''}${size}px ${fontFamily}`;
    const key = `${font} ${text}`;
    let width = known.get(key);
    if (width === undefined) {
      context.font = font;
      width = context.measureText(text).width;
      // A cursor that runs over values brings ever new ones.
      if (known.size > 5000) known.clear();
      known.set(key, width);
    }
    return width;
  };
}
