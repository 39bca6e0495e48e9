import type { Remarks } from '../core/checklist-view.ts';
import type { TextWithRules } from '../core/github.ts';
import { parseRules } from '../core/settings/rules-file.ts';
import type { Preferences } from '../core/settings/settings.ts';
import type { NearMiss } from '../core/text/checklist.ts';
import { correctLines } from '../core/text/correct-lines.ts';
import { hashText } from '../core/text/hash-text.ts';
import { lineDifference } from '../core/text/line-difference.ts';

/** What is to be said to a reader about what is left out; nothing where there is nothing, and to people who cannot change it. */
export function remarksOn(
  { text, mayEdit, rulesFile }: TextWithRules,
  nearMisses: readonly NearMiss[],
  own: Preferences['rules'],
  host: string,
): Remarks | undefined {
  const file = rulesFile.kind === 'text' ? parseRules(rulesFile.text, host).rules : undefined;
  if (!mayEdit || !(file ?? own).remarks) return undefined;
  const near = rulesFile.kind === 'none' ? rulesFile.near : undefined;
  if (nearMisses.length === 0 && near === undefined) return undefined;
  const written = text.split(/\r\n|\r|\n/);
  return {
    lines: nearMisses.map(({ line, missing }) => ({
      line,
      missing,
      text: (written[line - 1] ?? '').trim().slice(0, LONGEST_SHOWN),
    })),
    ...(nearMisses.length > 0 && correctionOf(text)),
    ...(near !== undefined && { rulesNear: near }),
  };
}

/** UTF-16 units of a line that are shown. */
const LONGEST_SHOWN = 120;

function correctionOf(text: string): Pick<Remarks, 'correction'> {
  const { markdown, corrected } = correctLines(text);
  if (corrected.length === 0) return {};
  const lines = lineDifference(markdown, text);
  return { correction: { now: hashText(text), count: corrected.length, lines } };
}
