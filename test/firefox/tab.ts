/** What a person does in the tab that is shown, by Marionette. */
import { CommandError, elementIdOf, type Marionette, unwrap } from './marionette.ts';
import { until } from './until.ts';

/** Reasons for which a click did not happen yet: the page is still moving. Source: WebDriver's errors. */
const NOT_YET: readonly string[] = [
  'element click intercepted',
  'element not interactable',
  'no such element',
  'stale element reference',
];

/** An element, by CSS and by what it says: its label, else its text. A string must be the whole of it. */
export interface Wanted {
  readonly css: string;
  readonly says: string | RegExp;
}

/** What Firefox shows to itself of every element. */
interface WithRoot {
  readonly openOrClosedShadowRoot: ShadowRoot | null;
}

/** Opens an address, and waits until the page has loaded. */
export async function goTo(marionette: Marionette, url: string): Promise<void> {
  await marionette.send('WebDriver:Navigate', { url });
}

/** Shows the tab again that was worked in: in one behind another, Firefox takes its time. */
export async function bringToFront(marionette: Marionette): Promise<void> {
  const handle = unwrap(await marionette.send('WebDriver:GetWindowHandle'));
  await marionette.send('WebDriver:SwitchToWindow', { handle, focus: true });
}

/** Waits until an element can be seen. */
export async function see(marionette: Marionette, wanted: Wanted): Promise<void> {
  await find(marionette, wanted);
}

/** Clicks an element as soon as it can be seen and clicked. */
export async function click(marionette: Marionette, wanted: Wanted): Promise<void> {
  const attempt = async () => {
    try {
      await marionette.send('WebDriver:ElementClick', { id: await find(marionette, wanted) });
      return 'clicked';
    } catch (error) {
      if (error instanceof CommandError && NOT_YET.includes(error.reason)) return error.reason;
      throw error;
    }
  };
  await until(`a click on ${nameOf(wanted)}`, attempt, (result) => result === 'clicked');
}

/** Types into a field. */
export async function type(marionette: Marionette, wanted: Wanted, text: string): Promise<void> {
  await marionette.send('WebDriver:ElementSendKeys', { id: await find(marionette, wanted), text });
}

async function find(marionette: Marionette, wanted: Wanted): Promise<string> {
  const { css, says } = wanted;
  const args = [css, typeof says === 'string' ? says : says.source, typeof says !== 'string'];
  const script = `return (${findElement})(...arguments);`;
  // Firefox's own sandbox sees into closed shadow roots.
  const look = async () => {
    const command = { script, args, sandbox: 'system' };
    return elementIdOf(unwrap(await marionette.send('WebDriver:ExecuteScript', command)));
  };
  const id = await until(nameOf(wanted), look, (found) => found !== undefined);
  return id ?? '';
}

function nameOf({ css, says }: Wanted): string {
  return `${css} that says ${says}`;
}

/** Runs in the page: the first visible element, in shadow roots too. */
function findElement(css: string, says: string, isPattern: boolean): Element | null {
  const search = (root: Document | ShadowRoot): readonly Element[] =>
    [...root.querySelectorAll<HTMLElement & WithRoot>('*')].flatMap((element) => [
      ...(element.matches(css) ? [element] : []),
      ...(element.openOrClosedShadowRoot ? search(element.openOrClosedShadowRoot) : []),
    ]);
  const wordsOf = (element: Element) => {
    const labels = 'labels' in element ? [...((element.labels ?? []) as NodeListOf<Element>)] : [];
    const label = labels.map((one) => one.textContent).join(' ');
    const words = element.getAttribute('aria-label') || label || element.textContent || '';
    return words.replace(/\s+/g, ' ').trim();
  };
  const matches = (words: string) => (isPattern ? new RegExp(says).test(words) : words === says);
  // A button that starts writes takes no press before it has been there for a moment.
  const isReady = (one: Element) => one.checkVisibility() && one.ariaDisabled !== 'true';
  const isWanted = (one: Element) => isReady(one) && matches(wordsOf(one));
  return search(document).find(isWanted) ?? null;
}
