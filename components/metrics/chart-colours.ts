/** A canvas knows nothing of style sheets: it is drawn again where one of these changes. */
export const THEMES = [
  '(prefers-color-scheme: dark)',
  '(prefers-contrast: more)',
  '(forced-colors: active)',
  'print',
] as const;

/** What a chart is drawn in. */
export interface ChartColours {
  readonly text: string;
  readonly grid: string;
  readonly series: readonly string[];
}

/** The colours as they are now, calculated by the browser: system colours too. */
export function readChartColours(box: HTMLElement): ChartColours {
  const probe = document.createElement('span');
  box.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    text: read('--chart-text'),
    grid: read('--chart-grid'),
    series: [1, 2, 3, 4].map((number) => read(`--chart-${number}`)),
  };
  probe.remove();
  return colours;
}
