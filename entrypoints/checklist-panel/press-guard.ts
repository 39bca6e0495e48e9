import type { PressDoubt } from '../../lib/checklist-model/checklist-state.ts';

/** Buttons whose press starts writes (`components/ui/Button.tsx`). */
const WRITES = 'button[data-writes]';

/** How long a button must have been as it is before it is pressed, and the focus within, in milliseconds. */
const SETTLE_MS = 300;
/** How often the host is looked at while such a button is there, in milliseconds. */
const LOOK_MS = 100;

/**
 * Watches the buttons that start writes, so that a click or key that was meant for something else does not press one: the
 * page can move the panel under the pointer, cover it, make it invisible, or have a label press it. A button that is new
 * or was changed is disabled (for the ear too) until it has been the same for a moment. Tells of each press of one whether
 * it was taken; until the signal aborts.
 */
export function guardPresses(
  shadow: ShadowRoot,
  onPress: (doubt: PressDoubt | undefined) => void,
  signal: AbortSignal,
): void {
  const isSettled = settleButtons(shadow, signal);
  const hasFocus = followFocus(shadow, signal);
  const isPressedElsewhere = followPointer(shadow, signal);
  const doubtOf = (event: Event, button: Element): PressDoubt | undefined => {
    if (!isSettled(button)) return 'changed';
    const point = pointOf(event, button);
    // Without a pointer: a key, or an aid that presses for somebody. A label of the page would have been clicked first.
    if (!point && (isPressedElsewhere() || !hasFocus())) return 'unexpected';
    return isFaint(button) || isCovered(shadow, button, point) ? 'covered' : undefined;
  };
  const onClick = (event: Event) => {
    const button = event.target instanceof Element && event.target.closest(WRITES);
    if (!button) return;
    const doubt = doubtOf(event, button);
    if (doubt) {
      event.stopImmediatePropagation();
      event.preventDefault();
    }
    onPress(doubt);
  };
  shadow.addEventListener('click', onClick, { capture: true, signal });
}

/** Where the pointer pressed a button; nothing where there was no pointer. */
function pointOf(event: Event, button: Element): Point | undefined {
  const { detail, clientX: x, clientY: y } = event as MouseEvent;
  if (detail === 0) return undefined;
  const { left, right, top, bottom } = button.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom ? { x, y } : undefined;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A button's words, and since when it has had them in its place. */
interface Known {
  readonly words: string;
  readonly since: number;
}

/** Disables each button until words and place have been the same for a moment. Tells whether one has. */
function settleButtons(shadow: ShadowRoot, signal: AbortSignal): (button: Element) => boolean {
  const known = new WeakMap<Element, Known>();
  let place: Point | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    const buttons = shadow.querySelectorAll(WRITES);
    if (buttons.length === 0) return;
    const now = performance.now();
    const here = placeOf(shadow.host);
    const moved = !place || isElsewhere(here, place);
    if (moved) place = here;
    for (const button of buttons) {
      const before = moved ? undefined : known.get(button);
      const words = wordsOf(button);
      const since = before?.words === words ? before.since : now;
      known.set(button, { words, since });
      mark(button, now - since >= SETTLE_MS);
    }
    if (!signal.aborted) timer = setTimeout(look, LOOK_MS);
  };
  const observer = new MutationObserver(look);
  observer.observe(shadow, { childList: true, subtree: true, characterData: true });
  look();
  signal.addEventListener('abort', () => {
    observer.disconnect();
    clearTimeout(timer);
  });
  return (button) => {
    look();
    return !button.hasAttribute('aria-disabled');
  };
}

function mark(button: Element, isSettled: boolean): void {
  if (isSettled === !button.hasAttribute('aria-disabled')) return;
  if (isSettled) button.removeAttribute('aria-disabled');
  else button.setAttribute('aria-disabled', 'true');
}

function wordsOf(button: Element): string {
  return `${button.getAttribute('aria-label') ?? ''} ${button.textContent}`;
}

/** In the document, so that scrolling is no movement. */
function placeOf(host: Element): Point {
  const { left, top } = host.getBoundingClientRect();
  return { x: left + scrollX, y: top + scrollY };
}

/** Pixels that fonts and images still shift. */
const SHIFT = 4;

function isElsewhere(here: Point, before: Point): boolean {
  return Math.abs(here.x - before.x) > SHIFT || Math.abs(here.y - before.y) > SHIFT;
}

/** Tells whether the focus has been within for a moment. */
function followFocus(shadow: ShadowRoot, signal: AbortSignal): () => boolean {
  let since = shadow.activeElement ? performance.now() : undefined;
  const onFocus = () => {
    since ??= performance.now();
  };
  const onLeft = ({ relatedTarget: to }: FocusEvent) => {
    if (!(to instanceof Node && shadow.contains(to))) since = undefined;
  };
  shadow.addEventListener('focusin', onFocus, { signal });
  shadow.addEventListener('focusout', (event) => onLeft(event as FocusEvent), { signal });
  return () => since !== undefined && performance.now() - since >= SETTLE_MS;
}

/** Tells whether a pointer has just been pressed on something else than our buttons. */
function followPointer(shadow: ShadowRoot, signal: AbortSignal): () => boolean {
  let elsewhere = Number.NEGATIVE_INFINITY;
  const onAny = () => {
    elsewhere = performance.now();
  };
  // Comes after the window has heard of it.
  const onOurs = ({ target }: Event) => {
    if (target instanceof Element && target.closest(WRITES)) elsewhere = Number.NEGATIVE_INFINITY;
  };
  for (const type of ['pointerdown', 'pointerup']) {
    addEventListener(type, onAny, { capture: true, signal });
    shadow.addEventListener(type, onOurs, { capture: true, signal });
  }
  return () => performance.now() - elsewhere < SETTLE_MS;
}

/** Least share of light that comes through to be seen. */
const VISIBLE = 0.5;
/** Smallest size of letters that can be read, in pixels. */
const READABLE = 8;
/** Filters that hide. Those of the whole page, as dark modes have them, change colors. */
const HIDING = /opacity|blur|url|(?:brightness|contrast)\((?:0|0?\.[0-4]\d*|[0-4]?\d(?:\.\d+)?%)\)/;

/** Whether the page lets too little of a button be seen. */
function isFaint(button: Element): boolean {
  const { fontSize, visibility } = getComputedStyle(button);
  if (visibility !== 'visible' || Number.parseFloat(fontSize) < READABLE) return true;
  let opacity = 1;
  for (let node: Element | undefined = button; node; node = parentOf(node)) {
    const style = getComputedStyle(node);
    opacity *= Number(style.opacity);
    if (opacity < VISIBLE || HIDING.test(style.filter)) return true;
    if (isSet(style.clipPath) || isSet(style.maskImage)) return true;
  }
  return false;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'none';
}

function parentOf(node: Element): Element | undefined {
  if (node.assignedSlot) return node.assignedSlot;
  if (node.parentElement) return node.parentElement;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : undefined;
}

/** Whether something of the page is before a button: at the point where it was pressed, or in its middle and near its ends. */
function isCovered(shadow: ShadowRoot, button: Element, pressed: Point | undefined): boolean {
  const { left, top, width, height } = button.getBoundingClientRect();
  const y = top + height / 2;
  const along = [0.5, 0.1, 0.9].map((share) => ({ x: left + width * share, y }));
  const points = [...(pressed ? [pressed] : []), ...along].filter(isInWindow);
  return (
    points.some(({ x, y }) => !button.contains(shadow.elementFromPoint(x, y))) ||
    withAllHit(() => points.some((point) => layersAbove(shadow.host, point).some(covers)))
  );
}

function isInWindow({ x, y }: Point): boolean {
  return x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
}

/** Runs with every element of the page open to the pointer: a decoy lets clicks through to what it hides. */
function withAllHit(look: () => boolean): boolean {
  const sheet = document.createElement('style');
  sheet.textContent = '*, ::before, ::after { pointer-events: auto !important; }';
  document.documentElement.append(sheet);
  try {
    return look();
  } finally {
    sheet.remove();
  }
}

/** Elements of the page that are before our host at a point. */
function layersAbove(host: Element, { x, y }: Point): readonly Element[] {
  const layers = document.elementsFromPoint(x, y);
  const at = layers.indexOf(host);
  return at === -1 ? layers : layers.slice(0, at);
}

/** Whether a layer hides what is behind it. One that only dims does not. */
function covers(layer: Element): boolean {
  const style = getComputedStyle(layer);
  const opacity = Number(style.opacity);
  if (opacity === 0 || style.visibility !== 'visible') return false;
  if (PICTURES.has(layer.localName) || layer.shadowRoot || isSet(style.backgroundImage))
    return true;
  if (isSet(style.backdropFilter)) return true;
  if (
    [...layer.childNodes].some(
      ({ nodeType, nodeValue }) => nodeType === Node.TEXT_NODE && nodeValue?.trim(),
    )
  )
    return true;
  if (
    ['::before', '::after'].some(
      (part) => !/^(none|normal|)$/.test(getComputedStyle(layer, part).content),
    )
  )
    return true;
  return alphaOf(style.backgroundColor) * opacity > VISIBLE;
}

const PICTURES: ReadonlySet<string> = new Set([
  'canvas',
  'embed',
  'iframe',
  'img',
  'input',
  'object',
  'picture',
  'svg',
  'textarea',
  'video',
]);

/** How opaque a computed color is: `rgba(0, 0, 0, 0.4)`, `color(srgb 0 0 0 / 0.4)`; without a share it is whole. */
function alphaOf(color: string): number {
  if (color === 'transparent') return 0;
  const share = /(?:^rgba\([^,]+,[^,]+,[^,]+,|\/)\s*([\d.]+)(%?)\s*\)$/.exec(color);
  if (!share) return 1;
  return Number(share[1]) / (share[2] ? 100 : 1);
}
