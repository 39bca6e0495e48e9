import fc from 'fast-check';
import { anyMarkdown, judgeEdit, textWithEdit } from '../core/text/edit-property.ts';
import { judgeGeneration } from '../core/text/generate-property.ts';

/** What became of the texts of a seed. */
export interface TextResult {
  readonly changed: number;
  readonly refused: number;
  readonly created: number;
  readonly hidden: number;
  /** What is wrong, each with its text. */
  readonly problems: readonly string[];
}

/** Texts that are edited, and as many for which issues are generated. */
export const TEXTS_PER_SEED = 10;

const STYLES = ['closes', 'parenthesis'] as const;

/** Edits generated texts, and generates issues for as many: each result is read again and held against what was read before. */
export function tortureTexts(seed: number): TextResult {
  const some = { numRuns: TEXTS_PER_SEED, seed };
  const edited = fc.sample(textWithEdit, some).map((one) => {
    const { what, problems } = judgeEdit(one.text, one.edit);
    return { what, problems: problems.map((problem) => `${problem}: ${JSON.stringify(one)}`) };
  });
  const generated = fc.sample(anyMarkdown, some).map((text, place) => {
    const style = STYLES[(seed + place) % STYLES.length] ?? 'closes';
    const { created, hidden, problems } = judgeGeneration(text, style);
    const shown = problems.map((problem) => `${problem}: ${style} ${JSON.stringify(text)}`);
    return { created, hidden, problems: shown };
  });
  return {
    changed: edited.filter(({ what }) => what === 'changed').length,
    refused: edited.filter(({ what }) => what === 'refused').length,
    created: generated.reduce((sum, { created }) => sum + created, 0),
    hidden: generated.reduce((sum, { hidden }) => sum + hidden, 0),
    problems: [...edited, ...generated].flatMap(({ problems }) => problems),
  };
}
