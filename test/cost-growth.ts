/**
 * How many times as much the work costs on the large input as on the small one: about 8 when it grows with the input,
 * 64 when it grows with its square and the large input is 8 times the small. Told by the CPU time of this thread, which
 * other programs do not lengthen; never by the clock.
 */
export function costGrowth<Input>(
  work: (input: Input) => void,
  small: Input,
  large: Input,
): number {
  const least = (input: Input) =>
    Math.min(...Array.from({ length: 3 }, () => cpuMicros(() => work(input))));
  // Once before, so that both are measured as compiled code.
  least(small);
  return least(large) / least(small);
}

/** Shorter times say nothing. */
const SHORTEST_MICROS = 4_000;

/** CPU time of one call, from as many calls as it takes to measure it. */
function cpuMicros(call: () => void): number {
  for (let calls = 1; ; calls *= 2) {
    const before = process.threadCpuUsage();
    for (let count = 0; count < calls; count += 1) call();
    const { user, system } = process.threadCpuUsage(before);
    if (user + system >= SHORTEST_MICROS) return (user + system) / calls;
  }
}
