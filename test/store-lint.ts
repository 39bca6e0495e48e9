/**
 * Runs Mozilla's add-on linter on the Firefox build: no errors, and no warning beyond those that come
 * from our libraries and cannot be avoided, each listed here with its reason.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly file?: string;
}

interface Report {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** Library code, never called by us: Preact can set innerHTML; micromark has a method named document().write. */
const KNOWN = [
  { code: 'UNSAFE_VAR_ASSIGNMENT', message: /Unsafe assignment to innerHTML/ },
  { code: 'UNSAFE_VAR_ASSIGNMENT', message: /Unsafe call to .*document\(\)\.write/ },
];

const report = await lint('.output/firefox-mv3');
const unknown = report.warnings.filter(
  ({ code, message }) => !KNOWN.some((known) => known.code === code && known.message.test(message)),
);
for (const finding of [...report.errors, ...unknown]) {
  console.error(`${finding.code} ${finding.file ?? ''}: ${finding.message}`);
}
const counts = `${report.errors.length} errors, ${report.warnings.length} warnings, ${unknown.length} of them ours`;
console.log(`Add-on linter: ${counts}`);
if (report.errors.length + unknown.length > 0) process.exit(1);

async function lint(folder: string): Promise<Report> {
  const run = promisify(execFile)('addons-linter', ['-o', 'json', folder], {
    maxBuffer: 64 * 1024 * 1024,
  });
  // The linter exits with 1 when it finds errors, and prints its report all the same.
  const { stdout } = await run.catch((error: { stdout?: string }) => {
    if (error.stdout === undefined || error.stdout === '') throw error;
    return { stdout: error.stdout };
  });
  return JSON.parse(stdout) as Report;
}
