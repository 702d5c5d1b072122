/**
 * A pixel that a person picks, within the part of a map that the page holds.
 *
 * area: gives that part, {top, left, height, width}; picked: hears of each new row and column.
 */
const walk = (area, picked) => {
  let row = 0;
  let column = 0;
  const to = (toRow, toColumn) => {
    const {top, left, height, width} = area();
    row = clamp(toRow, top, top + height - 1);
    column = clamp(toColumn, left, left + width - 1);
    picked(row, column);
  };
  /** To the pixel of this number, row by row. */
  const toNumber = number => {
    const {top, left, width} = area();
    to(top + Math.floor(number / width), left + number % width);
  };
  return {
    to,
    toNumber,
    move: (dy, dx) => to(row + dy, column + dx),
    goOn: by => {
      const {top, left, height, width} = area();
      const size = height * width;
      toNumber(((row - top) * width + column - left + by + size) % size);
    },
  };
};
