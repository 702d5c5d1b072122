// The image, its channels and their numbers.
const picture = {...it.picture, pixels: bytesOf(it.picture.pixels)};
const planeSize = picture.height * picture.width;
const CHANNELS = picture.channels === 3 ? ['red', 'green', 'blue'] : [];
const channelName = c => CHANNELS[c] || (picture.channels === 1 ? 'grey' : `channel ${c}`);

/** The colour of a pixel, of all channels or of one. */
const pixelColour = (at, channel) => {
  if (channel === undefined && picture.channels === 3) {
    return [0, 1, 2].map(c => picture.pixels[c * planeSize + at]);
  }
  const value = picture.pixels[(channel || 0) * planeSize + at];
  return [value, value, value];
};

(() => {
  let channel = 0;
  let y = picture.height >> 1;
  let x = picture.width >> 1;
  const to = (row, column) => {
    y = clamp(row, 0, picture.height - 1);
    x = clamp(column, 0, picture.width - 1);
    draw();
  };
  const canvas = planeCanvas(byId('image-picture'),
      `The image, ${picture.width} by ${picture.height} pixels. Arrow keys move the picked pixel.`,
      (v, h) => to(Math.floor(v * picture.height), Math.floor(h * picture.width)),
      (dy, dx) => to(y + dy, x + dx));
  const draw = () => {
    const rows = part(picture.height, y);
    const columns = part(picture.width, x);
    const whole = rows.length === picture.height && columns.length === picture.width;
    const marks = [{top: y, left: x, height: 1, width: 1}];
    if (!whole) {
      marks.push({top: rows.start, left: columns.start, height: rows.length, width: columns.length, name: '--accent'});
    }
    paintCells(canvas, picture.height, picture.width,
        (row, column) => pixelColour(row * picture.width + column), marks);
    const holder = byId('image-matrix');
    const {scrollTop, scrollLeft} = holder;
    holder.replaceChildren(matrix('', rows.length, columns.length, (row, column) => {
      const at = (rows.start + row) * picture.width + columns.start + column;
      const grey = picture.pixels[channel * planeSize + at];
      return {text: String(grey), grey, picked: rows.start + row === y && columns.start + column === x};
    }));
    holder.scrollTo(scrollLeft, scrollTop);
    const values = Array.from({length: picture.channels}, (_, c) => {
      const byte = picture.pixels[c * planeSize + y * picture.width + x];
      const value = (byte / 255 - picture.mean[c]) / picture.std[c];
      return `${channelName(c)} ${byte} → ${shown(value)}`;
    });
    byId('image-caption').textContent = `Row ${y}, column ${x}: ${values.join(', ')}`;
    const notes = [`${channelName(channel)}, ${picture.height}×${picture.width}`];
    if (!whole) notes.push(`rows ${rows.start} to ${rows.start + rows.length - 1}, columns ${columns.start} to ${columns.start + columns.length - 1} around the picked pixel`);
    if (picture.shrink > 1) notes.push(`the image is larger: each number is the mean of ${picture.shrink}×${picture.shrink} pixels`);
    byId('image-note').textContent = `${notes.join('; ')}.`;
  };
  byId('image-matrix').addEventListener('click', event => {
    const cell = event.target.closest('td');
    if (cell) to(part(picture.height, y).start + cell.parentElement.rowIndex, part(picture.width, x).start + cell.cellIndex);
  });
  byId('image-controls').append(picker('Channel',
      Array.from({length: picture.channels}, (_, c) => [c, channelName(c)]),
      c => { channel = c; draw(); }));
  painted(draw);
})();

// How often each pixel takes part.
if (it.participation) {
  const {rows, columns, kernel} = it.participation;
  const most = Math.max(...rows) * Math.max(...columns);
  const canvas = planeCanvas(byId('uses-map'), `How often each of ${rows.length} by ${columns.length} pixels is used, at most ${most} times`);
  byId('uses-caption').textContent = `Windows of ${kernel[0]}×${kernel[1]}: from ${Math.min(...rows) * Math.min(...columns)} times (light) to ${most} (full).`;
  painted(() => {
    const paint = diverging();
    paintCells(canvas, rows.length, columns.length, (r, c) => paint(rows[r] * columns[c] / most));
    const height = Math.min(rows.length, MATRIX_SIDE);
    const width = Math.min(columns.length, MATRIX_SIDE);
    byId('uses-matrix').replaceChildren(matrix('', height, width,
        (r, c) => ({text: String(rows[r] * columns[c]), share: rows[r] * columns[c] / most})));
  });
}
