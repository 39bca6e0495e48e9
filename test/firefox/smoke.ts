/**
 * `npm run test:firefox`: the built extension in a real Firefox, before a GitHub on this machine. Chromium's tests
 * prove what the product does; this proves that Firefox lets it: its pages, its popup, and its background page, which
 * it suspends and wakes.
 */
import { REPO, USER } from '../e2e/fixtures.ts';
import { startLocalGitHub } from '../local-github/local-github.ts';
import { takeErrors } from './console.ts';
import { HOST_PREFERENCE } from './extension.ts';
import { startFirefox } from './firefox.ts';
import { OTHER_REPO, STEPS, type Stage } from './steps.ts';

const github = await startLocalGitHub();
const { token } = github.addUser(USER);
for (const repo of [REPO, OTHER_REPO]) github.addRepo(repo, { collaborators: { [USER]: 'push' } });
github.signInAs(USER);
const started = await startFirefox({ githubPort: github.port, preferences: HOST_PREFERENCE });
const isProven = await proveAll({ github, token, firefox: started.marionette });
await started.close();
await github.close();
process.exit(isProven ? 0 : 1);

/** Says of each step that it is proven, or why not; then the rest is left out. */
async function proveAll(stage: Stage): Promise<boolean> {
  for (const [sentence, prove] of STEPS) {
    const start = Date.now();
    try {
      await prove(stage);
      const errors = await takeErrors(stage.firefox);
      if (errors.length > 0) throw new Error(`errors in the console:\n${errors.join('\n')}`);
    } catch (error) {
      console.error(`✖ not proven: ${sentence}\n`, error);
      return false;
    }
    console.log(`✔ ${sentence} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  }
  return true;
}
