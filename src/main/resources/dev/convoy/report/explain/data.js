// The page's data, and how it is read.
const it = JSON.parse(document.getElementById('data').textContent);

const bytesOf = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const signedBytesOf = text => new Int8Array(bytesOf(text).buffer);
const floatsOf = text => {
  const view = new DataView(bytesOf(text).buffer);
  return Float32Array.from({length: view.byteLength / 4}, (_, i) => view.getFloat32(4 * i, true));
};

const byId = id => document.getElementById(id);

/** A number for reading: as many digits as matter, with a true minus. */
const shown = value => {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value).replace('-', '−');
  const amount = Math.abs(value);
  const text = amount >= 1000 ? value.toFixed(0)
      : amount >= 100 ? value.toFixed(1)
      : amount >= 0.01 ? value.toFixed(3)
      : value.toExponential(1).replace('e', ' e');
  return text.replaceAll('-', '−');
};

const inBrackets = value => value < 0 ? `(${shown(value)})` : shown(value);

/** An element with properties, and children that are elements or text. */
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const labelled = (text, control) => make('label', {}, text, control);

/** A list to pick from, [value, text] each; it goes away where there is nothing to pick. */
const picker = (text, choices, pick) => {
  const select = make('select', {}, ...choices.map(([value, name]) => make('option', {value}, name)));
  select.addEventListener('change', () => pick(Number(select.value)));
  const label = labelled(text, select);
  label.hidden = choices.length < 2;
  return label;
};

/** Buttons of which one is pressed. */
const switches = (text, choices, pick) => {
  const group = make('span', {className: 'steps'});
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', text);
  const press = chosen => {
    [...group.children].forEach((b, i) => b.setAttribute('aria-pressed', String(i === chosen)));
    pick(chosen);
  };
  choices.forEach((name, i) => {
    const button = make('button', {type: 'button'}, name);
    button.addEventListener('click', () => press(i));
    group.append(button);
  });
  press(0);
  return group;
};

const ARROWS = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]};

/** The four arrows as buttons, and two that go on through a whole plane. */
const stepButtons = (move, goOn) => {
  const button = (text, name, action) => {
    const b = make('button', {type: 'button'}, text);
    b.setAttribute('aria-label', name);
    b.title = name;
    b.addEventListener('click', action);
    return b;
  };
  const group = make('span', {className: 'steps'},
      button('←', 'left', () => move(0, -1)),
      button('↑', 'up', () => move(-1, 0)),
      button('↓', 'down', () => move(1, 0)),
      button('→', 'right', () => move(0, 1)));
  return [group, make('span', {className: 'steps'},
      button('Previous', 'previous window', () => goOn(-1)),
      button('Next', 'next window', () => goOn(1)))];
};

const clamp = (value, least, most) => Math.max(least, Math.min(value, most));
