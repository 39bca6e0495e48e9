import { type ComparedLine, lineDifference } from '../text/line-difference.ts';

/** What a write did to a text, line by line: `comes-back` stands for lines that it put in, `goes` for those that it took out. */
export function writeDifference(before: string, after: string): readonly ComparedLine[] {
  return lineDifference(after, before);
}

/** A difference that was made the other way round, as `writeDifference` makes it: what went comes, what came goes first. */
export function turnRound(lines: readonly ComparedLine[]): readonly ComparedLine[] {
  const turned: ComparedLine[] = [];
  let came: ComparedLine[] = [];
  for (const { kind, text } of lines) {
    if (kind === 'goes') came.push({ kind: 'comes-back', text });
    else if (kind === 'comes-back') turned.push({ kind: 'goes', text });
    else {
      turned.push(...came, { kind, text });
      came = [];
    }
  }
  return [...turned, ...came];
}
