// Planes of numbers as pictures, in the colours of the reader's scheme.
const scheme = matchMedia('(prefers-color-scheme: dark)');
const repaints = [];
const painted = draw => {
  repaints.push(draw);
  draw();
};
scheme.addEventListener('change', () => repaints.forEach(draw => draw()));

const colour = name => {
  const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
};
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const mixed = (a, b, share) => a.map((v, i) => Math.round(v + (b[i] - v) * share));

/** From a share of the largest amount, -1 to 1, to a colour. */
const diverging = () => {
  const [negative, zero, positive] = ['--negative', '--zero', '--positive'].map(colour);
  return share => mixed(zero, share < 0 ? negative : positive, Math.min(1, Math.abs(share)));
};

const largest = values => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** Paints one pixel a value; colour gives [r, g, b] of index. */
const paintPixels = (canvas, width, height, colourOf) => {
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const [r, g, b] = colourOf(i);
    image.data.set([r, g, b, 255], 4 * i);
  }
  canvas.getContext('2d').putImageData(image, 0, 0);
};

/** A plane that is looked at, and if it picks, pointed into. */
const planeCanvas = (holder, label, pick, move) => {
  const canvas = make('canvas', {className: pick ? 'plane picks' : 'plane'});
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  if (pick) {
    canvas.tabIndex = 0;
    canvas.addEventListener('click', event => {
      const box = canvas.getBoundingClientRect();
      pick((event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width);
    });
    canvas.addEventListener('keydown', event => {
      const way = ARROWS[event.key];
      if (way) {
        event.preventDefault();
        move(...way);
      }
    });
  }
  holder.replaceChildren(canvas);
  return canvas;
};

/**
 * Paints cells with marks around some: rows by columns, each in a colour or, where that is null,
 * hatched; marks are {top, left, height, width, name} in cells.
 */
const paintCells = (canvas, rows, columns, colourOf, marks = [], dots = []) => {
  const cell = Math.max(2, Math.floor(672 / Math.max(rows, columns)));
  canvas.width = columns * cell;
  canvas.height = rows * cell;
  const pen = canvas.getContext('2d');
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const found = colourOf(row, column);
      pen.fillStyle = found ? `rgb(${found})` : css('--ground');
      pen.fillRect(column * cell, row * cell, cell, cell);
      if (!found) {
        pen.strokeStyle = css('--line');
        pen.lineWidth = Math.max(1, cell / 12);
        pen.beginPath();
        pen.moveTo(column * cell, (row + 1) * cell);
        pen.lineTo((column + 1) * cell, row * cell);
        pen.stroke();
      }
    }
  }
  for (const {row, column} of dots) {
    pen.fillStyle = css('--mark');
    pen.beginPath();
    pen.arc((column + 0.5) * cell, (row + 0.5) * cell, Math.max(1.5, cell / 5), 0, 7);
    pen.fill();
  }
  for (const mark of marks) {
    pen.strokeStyle = css(mark.name || '--mark');
    pen.lineWidth = Math.max(3, cell / 6);
    pen.strokeRect(mark.left * cell, mark.top * cell, mark.width * cell, mark.height * cell);
  }
};

/** All maps of a sheet, side by side. */
const paintSheet = (holder, sheet, label, names) => {
  const bytes = signedBytesOf(sheet.bytes);
  const size = sheet.height * sheet.width;
  const strip = sheet.all === 1 && sheet.width > 2 * sheet.height;
  const caps = [];
  if (sheet.count < sheet.all) caps.push(`the first ${sheet.count} of ${sheet.all}`);
  if (sheet.shrink > 1) caps.push(`each pixel the mean of ${sheet.shrink}×${sheet.shrink}`);
  holder.append(make('p', {className: 'label'},
      `${label}${caps.length ? ` (${caps.join('; ')})` : ''}; largest amount ${shown(sheet.limit)}`));
  const canvases = Array.from({length: sheet.count}, (_, i) =>
      make('canvas', {title: names ? `${names} ${i}` : '', className: strip ? 'strip' : ''}));
  canvases.forEach((canvas, i) => {
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', names ? `${label}, ${names} ${i}` : label);
    painted(() => {
      const paint = diverging();
      paintPixels(canvas, sheet.width, sheet.height, at => paint(bytes[i * size + at] / 127));
    });
  });
  holder.append(...canvases);
};
