/** How light a colour is to the eye, 0 to 255. */
export const luminance = (red: number, green: number, blue: number): number => 0.3 * red + 0.59 * green + 0.11 * blue;

/** Black on light colours, white on dark ones: for text over a value's own colour, whatever the page's theme. */
export const inkOn = (red: number, green: number, blue: number): '#000' | '#fff' => (luminance(red, green, blue) > 140 ? '#000' : '#fff');
