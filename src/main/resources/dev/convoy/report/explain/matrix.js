// Matrices of numbers.

/**
 * A table of numbers.
 *
 * @param cellOf (row, column) to {text, share, outside, picked}; share of the largest amount, -1 to
 *     1, tints the cell, and grey, 0 to 255, is its brightness
 */
const matrix = (caption, rows, columns, cellOf) => {
  const tint = diverging();
  const table = make('table', {className: 'matrix'});
  if (caption) table.append(make('caption', {}, caption));
  const body = make('tbody');
  for (let row = 0; row < rows; row++) {
    const line = make('tr');
    for (let column = 0; column < columns; column++) {
      const {text, share, grey, outside, picked} = cellOf(row, column);
      const cell = make('td', {}, text);
      if (outside) cell.classList.add('outside');
      if (picked) cell.classList.add('picked');
      if (share !== undefined && !outside) ground(cell, tint(0.75 * share));
      if (grey !== undefined) ground(cell, [grey, grey, grey]);
      line.append(cell);
    }
    body.append(line);
  }
  table.append(body);
  return table;
};

/** Dark text on light ground, and light on dark. */
const ground = (cell, rgb) => {
  const light = 0.2989 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
  cell.style.background = `rgb(${rgb})`;
  cell.style.color = light > 128 ? '#15171b' : '#ffffff';
};

const scrolling = (content, label) => {
  const box = make('div', {className: 'scroll', tabIndex: 0}, content);
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', label);
  return box;
};

const sign = text => make('span', {className: 'sign', ariaHidden: 'true'}, text);

/** Rows and columns of a matrix that a reader takes in at once. */
const MATRIX_SIDE = 32;

/** The part of a side that is shown: all of it, or what lies around a place. */
const part = (size, around) => {
  const length = Math.min(size, MATRIX_SIDE);
  return {start: clamp(around - (length >> 1), 0, size - length), length};
};
