import { settle } from './render.ts';

/** Unfolds what begins with these words. */
export async function unfold(root: ParentNode, name: string): Promise<void> {
  const all = [...root.querySelectorAll('details')];
  const details = all.find((one) => one.textContent?.startsWith(name));
  if (!details) throw new Error(`nothing named ${name}`);
  details.open = true;
  details.dispatchEvent(new Event('toggle'));
  await settle();
}
