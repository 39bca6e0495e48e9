import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GITHUB_HOST, issueChecklist } from '../../../lib/core/refs.ts';
import {
  formatMarker,
  type Marker,
  parseMarker,
  runTime,
  setMarkerState,
  stripMarkers,
} from '../../../lib/core/text/marker.ts';

const MARKER: Marker = {
  state: 'v2',
  checklist: issueChecklist({
    repo: { host: 'github.com', owner: 'octo', name: 'plan.x' },
    number: 12,
  }),
  item: '0kctobx0qz3880',
  text: '0snom5n0ajrkys',
  typed: { hash: '1a2b3c', alike: 2 },
  run: '01JD0000000000000000000000',
};
const LINE = formatMarker(MARKER);

describe('a marker of version 1', () => {
  const { typed: _, ...about } = MARKER;
  const old: Marker = { ...about, state: 'v1' };

  it('is read, undone and put in force again as it was', () => {
    const line = formatMarker(old);
    expect(line).toBe(LINE.replace('v2', 'v1').replace(' typed=1a2b3c alike=2', ''));
    expect(parseMarker(line, GITHUB_HOST)).toEqual(old);
    const undone = setMarkerState(line, 'undone', GITHUB_HOST);
    expect(parseMarker(undone, GITHUB_HOST)).toEqual({ ...old, state: 'undone' });
    expect(setMarkerState(undone, 'v1', GITHUB_HOST)).toBe(line);
  });
});

describe('the marker', () => {
  it('tells when its run began', () => {
    expect(runTime('01JD0000000000000000000000')).toBe(Date.parse('2024-11-18T15:59:22.112Z'));
  });

  it('is one hidden line', () => {
    expect(LINE).toBe(
      '<!-- masterlist:v2 checklist=octo/plan.x#12 item=0kctobx0qz3880 text=0snom5n0ajrkys typed=1a2b3c alike=2 run=01JD0000000000000000000000 -->',
    );
  });

  it.each([
    LINE,
    `text\n\n${LINE}`,
    `text\r\n${LINE}\r\n \r\n`,
    `forged\n${LINE.replace('#12', '#13')}\n${LINE}`,
  ])('is read as the last line of %j', (body) => {
    expect(parseMarker(body, GITHUB_HOST)).toEqual(MARKER);
  });

  it('carries the host that it was read on', () => {
    expect(parseMarker(LINE, 'git.example.org')?.checklist.repo.host).toBe('git.example.org');
  });

  it.each([
    '',
    'text',
    `${LINE}\ntext`,
    `text ${LINE}`,
    `${LINE} text`,
    `> ${LINE}`,
    LINE.replace('v2', 'v3'),
    LINE.replace('v2', 'v1'),
    LINE.replace(' typed=1a2b3c alike=2', ''),
    LINE.replace('alike=2', 'alike=0'),
    LINE.replace('#12', ''),
    LINE.replace('#12', '#0'),
    LINE.replace('octo/', ''),
    LINE.replace('item=0kctobx0qz3880', 'item='),
    LINE.replace('item=0kctobx0qz3880', 'item=a b'),
    LINE.replace('0kctobx0qz3880', 'a'.repeat(65)),
    LINE.replace('01JD0000000000000000000000', '01JD'),
    LINE.replace('01JD', '91JD'),
    LINE.replace(' text=', ' more=1 text='),
    LINE.replace(' item', '\nitem'),
    LINE.toUpperCase(),
  ])('is not read from %j', (body) => {
    expect(parseMarker(body, GITHUB_HOST)).toBeUndefined();
  });

  it('changes its state in the last line only', () => {
    const body = `${LINE}\nquoted\n\n${LINE}\r\n`;
    const undone = setMarkerState(body, 'undone', GITHUB_HOST);
    expect(undone).toBe(`${LINE}\nquoted\n\n${LINE.replace('v2', 'undone')}\r\n`);
    expect(parseMarker(undone, GITHUB_HOST)?.state).toBe('undone');
    expect(setMarkerState(undone, 'v1', GITHUB_HOST)).toBe(body);
    expect(setMarkerState('text', 'undone', GITHUB_HOST)).toBe('text');
  });
});

describe('stripping markers', () => {
  it.each([
    [`a ${LINE} b`, 'a  b'],
    [`${LINE}${LINE}`, ''],
    ['a <!-- masterlist:v1\nbroken\n--> b', 'a  b'],
    ['a <!--masterlist:x--> b', 'a  b'],
    ['a <!-- MasterList:claim --> b', 'a  b'],
    ['a <!-- masterlist:open b', 'a '],
    ['<!-- master<!-- masterlist:x -->list:v1 -->', ''],
    ['<!-- another tool -->', '<!-- another tool -->'],
    ['masterlist:v1', 'masterlist:v1'],
  ])('%j becomes %j', (text, expected) => {
    expect(stripMarkers(text)).toBe(expected);
  });

  it('leaves no marker, whatever the text', () => {
    const part = fc.constantFrom(
      '<!--',
      '-->',
      ' masterlist:',
      'master',
      'list:v1',
      LINE,
      '\n',
      'a',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const stripped = stripMarkers(parts.join(''));
        expect(stripped).not.toMatch(/<!--\s{0,100}masterlist:/i);
        expect(parseMarker(stripped, GITHUB_HOST)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('comes to an end on text made of beginnings', () => {
    expect(stripMarkers('<!-- masterlist:'.repeat(4_000))).toBe('');
    expect(stripMarkers('<!-- '.repeat(13_000))).toContain('<!--');
  });
});
