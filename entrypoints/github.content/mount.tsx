import { h, render } from 'preact';
import type { ChecklistModel } from '../../lib/checklist-model/checklist-model.ts';
import type { Feature } from './feature.ts';
import { isOurs, OUR_TAG, type Place, type ShownIssue } from './page.ts';
import type { PageSurroundings } from './page-surroundings.ts';
import style from './style.css?inline';

/** Puts a feature where it belongs, as often as asked: what already stands right is left alone. */
export type Mount = (page: ShownIssue) => void;

/** Ends the tags of what has a shadow root of its own: a page that knew them before could define them, and have its own code run as our elements are made. */
const SECRET = crypto.randomUUID();

/** Mounts a feature for one checklist; everything is gone when the model's signal aborts. */
export function mountFeature(
  feature: Feature,
  model: ChecklistModel,
  { trusts, loadPanel }: Pick<PageSurroundings, 'trusts' | 'loadPanel'>,
): Mount {
  const tag = OUR_TAG + feature.id + (feature.isolated ? `-${SECRET}` : '');
  const hosts = new Map<number, HTMLElement>();
  const roots = new WeakMap<HTMLElement, Element>();
  const make = (index: number) => {
    const host = document.createElement(tag);
    const root = feature.isolated ? isolate(host, trusts) : host;
    render(h(feature.View, { model, loadPanel, index }), root);
    hosts.set(index, host);
    roots.set(host, root);
    return host;
  };
  const drop = (index: number, host: HTMLElement) => {
    render(null, roots.get(host) ?? host);
    host.remove();
    hosts.delete(index);
  };
  model.signal.addEventListener('abort', () => {
    for (const [index, host] of hosts) drop(index, host);
  });
  return (page) => {
    const state = model.store.get();
    const places = feature.runsOn(page, state) ? feature.anchor(page, state) : [];
    for (const [index, host] of hosts) if (!places[index]) drop(index, host);
    for (const [index, place] of places.entries())
      if (place) stand(hosts.get(index) ?? make(index), place);
    removeCopies(tag, new Set(hosts.values()));
  };
}

/** Shadow root of an isolated feature, which the page cannot reach into; keys typed in it do not reach GitHub's hotkeys, and only people press its buttons. */
function isolate(host: HTMLElement, trusts: PageSurroundings['trusts']): HTMLElement {
  const shadow = host.attachShadow({ mode: 'closed' });
  const sheet = document.createElement('style');
  sheet.textContent = style;
  const root = document.createElement('div');
  root.className = 'root';
  shadow.append(sheet, root);
  for (const type of ['keydown', 'keyup', 'keypress'])
    shadow.addEventListener(type, (event) => event.stopPropagation());
  for (const type of ['click', 'change', 'input', 'submit', 'keydown'])
    shadow.addEventListener(type, (event) => refuse(event, trusts), { capture: true });
  keepFocus(host, shadow);
  return root;
}

function refuse(event: Event, trusts: PageSurroundings['trusts']): void {
  if (trusts(event)) return;
  event.stopImmediatePropagation();
  event.preventDefault();
}

const focused = new WeakMap<HTMLElement, HTMLElement>();

/** Remembers the focus that a node loses when React wipes it; some browsers say so while it is still in place, others do not. */
function keepFocus(host: HTMLElement, shadow: ShadowRoot): void {
  shadow.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) focused.set(host, target);
  });
  shadow.addEventListener('focusout', ({ target }) => {
    queueMicrotask(() => {
      if (host.isConnected && focused.get(host) === target) focused.delete(host);
    });
  });
}

/** Only ever inserts our own node beside GitHub's: React throws when its nodes were moved or wrapped. */
function stand(host: HTMLElement, { parent, before, inside = false }: Place): void {
  // One that stands inside the text stays until React wipes it: moving it later would only disturb.
  if (host.isConnected && host.hasAttribute('data-inside')) return;
  host.toggleAttribute('data-inside', inside);
  if (host.parentElement === parent && nextOfGitHub(host) === before) return;
  const hadFocus = focused.get(host);
  parent.insertBefore(host, before);
  if (hadFocus && document.activeElement === document.body) hadFocus.focus({ preventScroll: true });
}

function nextOfGitHub(host: Element): Element | null {
  let next = host.nextElementSibling;
  while (next && isOurs(next)) next = next.nextElementSibling;
  return next;
}

/** GitHub's page cache clones nodes without their listeners. */
function removeCopies(tag: string, alive: ReadonlySet<Element>): void {
  for (const node of [...document.getElementsByTagName(tag)]) if (!alive.has(node)) node.remove();
}

/** Takes away what an earlier script of ours left on the page: some browsers start scripts anew in open tabs when the extension was updated. */
export function removeLeftovers(): void {
  for (const node of document.querySelectorAll('*')) if (isOurs(node)) node.remove();
}
