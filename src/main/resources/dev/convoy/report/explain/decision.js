// Which pixels the decision hangs on.
(() => {
  const sheets = [it.signedGradient, it.absoluteGradient].map(sheet => ({...sheet, bytes: signedBytesOf(sheet.bytes)}));
  const canvas = planeCanvas(byId('decision-map'), 'The gradient of the loss by each pixel, over the image');
  let chosen = 0;
  const draw = () => {
    const sheet = sheets[chosen];
    const paint = diverging();
    paintCells(canvas, sheet.height, sheet.width, (row, column) => {
      const at = row * sheet.width + column;
      const share = sheet.bytes[at] / 127;
      const [r, g, b] = pixelColour(at);
      const grey = 0.2989 * r + 0.587 * g + 0.114 * b;
      // The image shines through, faintly, where the gradient is small.
      return mixed(mixed(colour('--zero'), [grey, grey, grey], 0.3), paint(share), Math.min(1, 0.25 + 1.1 * Math.abs(share)));
    });
    byId('decision-caption').textContent = sheet.limit === 0
        ? 'The loss is zero to the last digit of a float: nothing comes back to the image.'
        : chosen === 0
          ? `Blue: brighter would lower the loss, and speak for the class. Orange: it would speak against it. Channels are summed; the largest amount is ${shown(sheet.limit)}.`
          : `The stronger the colour, the more hangs on the pixel. Of the channels the largest amount counts; at most ${shown(sheet.limit)}.`;
  };
  byId('decision-controls').append(switches('Gradient', ['signed', 'absolute'], i => { chosen = i; draw(); }));
  repaints.push(draw);
  const image = planeCanvas(byId('decision-image'), 'The image');
  paintPixels(image, picture.width, picture.height, at => pixelColour(at));
})();
