/** Starts the relay: `node main.ts relay.json`. The file holds secrets: only its owner should be able to read it. */
import { readFileSync } from 'node:fs';
import { parseConfig } from './config.ts';
import { startRelay } from './start-relay.ts';

const [, , file] = process.argv;
if (file === undefined) {
  console.error('Name the configuration: node main.ts relay.json');
  process.exit(2);
}
const read = parseConfig(JSON.parse(readFileSync(file, 'utf8')));
if ('mistakes' in read) {
  console.error(read.mistakes.join('\n'));
  process.exit(2);
}
const relay = await startRelay(read.config, console.log);
console.log(`listening on ${read.config.listen.host}:${relay.port}`);
