// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import { createOptionsModel, type OptionsModel } from '../../entrypoints/options/options-model.ts';
import { relay } from '../../lib/channels/relay.ts';
import { slack } from '../../lib/channels/slack.ts';
import { TEST_MESSAGE } from '../../lib/core/alerts/alert-message.ts';
import { newMessage, recordOutcome, startSending } from '../../lib/core/alerts/outbox.ts';
import { fail, failure } from '../../lib/core/failures.ts';
import { readAlertSettings } from '../../lib/core/settings/settings.ts';
import { createOptionsWorld, SAVED_AT } from './options-world.ts';
import { type Rendered, settle, show } from './render.ts';

const RELAY = 'https://relay.example.com:8443/v1/messages';
const TOKEN = 'CANARY-token';
const WEBHOOK = 'https://hooks.slack.com/services/T0/B0/CANARY';
const RELAY_HOST = { origins: ['https://relay.example.com/*'] };
const SLACK_HOST = { origins: ['https://hooks.slack.com/*'] };

describe('the alerts in the options', () => {
  let world: ReturnType<typeof createOptionsWorld>['world'];
  let model: OptionsModel;
  let view: Rendered;
  const alerts = () => readAlertSettings(world.alertSettings.value).value;

  beforeEach(() => {
    const made = createOptionsWorld();
    world = made.world;
    model = createOptionsModel(made.context);
    view = show(<OptionsPage {...model} />);
  });

  describe('notifications', () => {
    it('are asked for in the click itself, and only then', async () => {
      await model.reload();
      expect(world.asked).toEqual([]);
      input('notifications').click();
      // Before anything was waited for: later the browser would refuse to ask.
      expect(world.asked).toEqual([{ permissions: ['notifications'] }]);
      await settle();
      expect(alerts().on.browser).toBe(true);
      expect(view.text()).toContain('Show a test notification');
    });

    it.each([
      ['the user says no or closes the question', false],
      ['the browser does not even ask', new Error('not in a click')],
    ])('stay off, and say what to do, when %s', async (_, answer) => {
      world.answer = answer;
      await view.click(input('notifications'));
      expect(alerts().on.browser).toBe(false);
      expect(input('notifications').checked).toBe(false);
      expect(view.text()).toContain('was not allowed to show notifications');
      expect(view.text()).toContain('Turn them on again, and choose Allow.');
      world.answer = true;
      await view.click(input('notifications'));
      expect(alerts().on.browser).toBe(true);
      expect(view.text()).not.toContain('was not allowed');
    });

    it('give the permission back when they are turned off', async () => {
      await view.click(input('notifications'));
      await view.click(input('notifications'));
      expect(alerts().on.browser).toBe(false);
      expect(world.dropped).toEqual([{ permissions: ['notifications'] }]);
    });

    it('offer to allow them again when the browser took the permission away', async () => {
      await view.click(input('notifications'));
      world.held.clear();
      await model.reload();
      await settle();
      expect(view.text()).toContain('The browser no longer allows them.');
      await view.click(view.button('Allow notifications'));
      expect(world.asked).toHaveLength(2);
      expect(view.text()).not.toContain('no longer allows');
    });

    it('are tested with a click, and say what to do when none shows', async () => {
      await view.click(input('notifications'));
      await view.click(view.button('Show a test notification'));
      expect(world.tested).toEqual(['browser']);
      expect(view.text()).toContain('If you see nothing, allow notifications');
    });
  });

  describe('a relay', () => {
    it('is saved after the browser was asked for exactly its host, in the click', async () => {
      fill('relay-url', ` ${RELAY} `);
      fill('relay-token', TOKEN);
      submit('relay');
      expect(world.asked).toEqual([RELAY_HOST]);
      await settle();
      expect(world.secrets.get('relay')).toEqual({ url: RELAY, token: TOKEN });
      expect(alerts().on.relay).toBe(true);
      expect(view.text()).toContain('Goes to relay.example.com:8443');
    });

    it('leaves no trace of its token in the page or the settings', async () => {
      await saveRelay();
      expect(input('relay-token').value).toBe('');
      expect(view.root.innerHTML).not.toContain('CANARY');
      const stored = [world.settings.value, world.alertSettings.value];
      expect(JSON.stringify(stored)).not.toContain('CANARY');
      expect(JSON.stringify(stored)).not.toContain('relay.example.com');
    });

    it.each([
      ['says no', false],
      ['is not even asked', new Error('not in the manifest')],
    ])('is not saved when the user %s', async (_, answer) => {
      world.answer = answer;
      await saveRelay();
      expect(world.secrets.size).toBe(0);
      expect(alerts().on.relay).toBe(false);
      expect(view.text()).toContain('not allowed to reach relay.example.com:8443');
      expect(input('relay-url').value).toBe(RELAY);
    });

    it.each([
      ['an address without https', 'http://relay.example.com/', TOKEN, 'without https'],
      ['no address', 'relay', TOKEN, 'it is not an address'],
      ['no token', RELAY, '', 'This relay token cannot be used: it is empty'],
      ['a token with blanks', RELAY, 'a b', 'contains spaces or special characters'],
    ])('asks for nothing with %s', async (_, url, token, words) => {
      fill('relay-url', url);
      fill('relay-token', token);
      submit('relay');
      await settle();
      expect(world.asked).toEqual([]);
      expect(world.secrets.size).toBe(0);
      expect(view.text()).toContain(words);
    });

    it('gives the permission for its host back when it is removed, after asking once more', async () => {
      await saveRelay();
      await view.click(view.button('Remove the address: Email through your relay'));
      expect(world.secrets.size).toBe(1);
      await view.click(view.button('Remove it'));
      expect(world.secrets.size).toBe(0);
      expect(alerts().on.relay).toBe(false);
      expect(world.held.size).toBe(0);
      expect(view.text()).not.toContain('Goes to relay.example.com');
    });

    it('gives the permission for the host before back when it moves to another one', async () => {
      await saveRelay();
      fill('relay-url', 'http://localhost:3000/');
      fill('relay-token', TOKEN);
      submit('relay');
      await settle();
      expect([...world.held]).toEqual(['http://localhost/*']);
      expect(view.text()).toContain('Goes to localhost:3000');
      expect(view.text()).not.toContain('no longer allows requests');
    });

    it('says when the browser took the permission away', async () => {
      await saveRelay();
      world.held.clear();
      await model.reload();
      await settle();
      expect(view.text()).toContain('no longer allows requests to relay.example.com:8443');
    });

    it('is tested, and says what came of it', async () => {
      await saveRelay();
      await view.click(view.button('Send a test: Email through your relay'));
      expect(world.tested).toEqual(['relay']);
      expect(view.text()).toContain('see whether it is in the inbox');
      world.testAnswer = fail(
        failure('message-refused', { channel: 'The relay', reason: 'bad token' }),
      );
      await view.click(view.button('Send a test: Email through your relay'));
      expect(view.text()).toContain('The relay refused the message: bad token');
    });
  });

  it('keeps the address of a Slack webhook as a secret, and shows its host only', async () => {
    fill('slack-url', WEBHOOK);
    submit('slack');
    expect(world.asked).toEqual([SLACK_HOST]);
    await settle();
    expect(world.secrets.get('slack')).toEqual({ url: WEBHOOK });
    expect(alerts().on.slack).toBe(true);
    expect(view.text()).toContain('Goes to hooks.slack.com');
    expect(view.root.innerHTML).not.toContain('CANARY');
    expect(input('slack-url').type).toBe('password');
  });

  it('asks for nothing when it is no address of Slack', async () => {
    fill('slack-url', 'https://example.com/services/x');
    submit('slack');
    await settle();
    expect(world.asked).toEqual([]);
    expect(view.text()).toContain(
      'This Slack address cannot be used: it is not an incoming webhook URL.',
    );
  });

  it('keeps address and signing secret of a webhook, and shows neither', async () => {
    const secret = `whsec_${btoa('CANARY'.repeat(4))}`;
    fill('webhook-url', 'https://hooks.example.com/CANARY');
    fill('webhook-secret', 'CANARY');
    submit('webhook');
    await settle();
    expect(view.text()).toContain('This signing secret cannot be used: it must be whsec_');
    fill('webhook-secret', secret);
    submit('webhook');
    expect(world.asked).toEqual([{ origins: ['https://hooks.example.com/*'] }]);
    await settle();
    const saved = { url: 'https://hooks.example.com/CANARY', token: secret };
    expect(world.secrets.get('webhook')).toEqual(saved);
    expect(alerts().on.webhook).toBe(true);
    expect(view.text()).toContain('Goes to hooks.example.com');
    expect(view.root.innerHTML).not.toMatch(/CANARY|whsec_Q/);
    await view.click(view.button('Send a test: Webhook'));
    expect(world.tested).toEqual(['webhook']);
  });

  it('says that nothing is sent until this browser sends for the team', async () => {
    expect(view.text()).not.toContain('Nothing is sent from this browser');
    await saveRelay();
    expect(view.text()).toContain('Nothing is sent from this browser');
    await view.click(input('sends-for-team'));
    expect(alerts().sendsForTeam).toBe(true);
    expect(view.text()).not.toContain('Nothing is sent from this browser');
  });

  it('chooses the channels of each kind in a table with real heads', async () => {
    const table = view.root.querySelector('table.choices');
    expect(table?.querySelectorAll('thead th[scope=col]')).toHaveLength(6);
    expect(table?.querySelectorAll('tbody th[scope=row]')).toHaveLength(5);
    await view.click(view.field('Reverted: Slack'));
    await view.click(view.field('Reverted: Notification'));
    expect(alerts().channels.overridden).toEqual(['browser', 'slack']);
    await view.click(view.field('Reverted: Slack'));
    expect(alerts().channels.overridden).toEqual(['browser']);
    expect(alerts().channels['job-ended']).toEqual(['browser']);
  });

  it('sets the digest of a channel and leaves the other', async () => {
    await saveRelay();
    const digest = view.root.querySelector<HTMLSelectElement>('#relay-digest');
    if (digest !== null) await view.type(digest, 'daily');
    expect(alerts().digests).toMatchObject({ relay: 'daily', slack: 'weekly' });
  });

  it('saves only sound addresses for the email button', async () => {
    await view.type(input('mail-to'), 'ann@example.com, bob@example.com');
    expect(alerts().mailTo).toBe('ann@example.com, bob@example.com');
    await view.type(input('mail-to'), 'ann at example');
    expect(alerts().mailTo).toBe('ann@example.com, bob@example.com');
    expect(input('mail-to').getAttribute('aria-invalid')).toBe('true');
    expect(view.text()).toContain('Not saved: it must be at most five email addresses');
    await view.type(input('mail-to'), '');
    expect(alerts().mailTo).toBe('');
    expect(input('mail-to').getAttribute('aria-invalid')).toBe('false');
  });

  it('lists messages that got stuck, each with what is the matter; sends again or dismisses', async () => {
    const lost = startSending(newMessage('M1', 'slack', TEST_MESSAGE, SAVED_AT), SAVED_AT);
    const refused = { kind: 'refused', reason: 'bad token' } as const;
    world.messages = [
      recordOutcome(
        newMessage('M2', 'relay', TEST_MESSAGE, SAVED_AT + 1),
        refused,
        relay,
        SAVED_AT,
      ),
      recordOutcome(lost, { kind: 'unknown' }, slack, SAVED_AT),
      newMessage('M3', 'relay', TEST_MESSAGE, SAVED_AT),
    ];
    await model.reload();
    await settle();
    expect(model.stuck.value.map(({ id }) => id)).toEqual(['M1', 'M2']);
    expect(view.text()).toContain('Slack did not confirm the message');
    expect(view.text()).toContain('The relay refused the message: bad token');
    await view.click(view.button(`Dismiss: Slack, ${TEST_MESSAGE.subject}`));
    await view.click(view.button(`Send again: Email, ${TEST_MESSAGE.subject}`));
    expect(world.settled).toEqual([
      ['M1', false],
      ['M2', true],
    ]);
    expect(view.text()).not.toContain('Alerts that may not have arrived');
  });

  it('names the hosts that are contacted, once they are', async () => {
    const storage = () =>
      view.root.querySelector('section[aria-labelledby=storage]')?.textContent ?? '';
    expect(storage()).not.toContain('relay.example.com');
    await saveRelay();
    expect(storage()).toContain('relay.example.com:8443');
    expect(storage()).toContain('Slack: not set up');
  });

  async function saveRelay() {
    fill('relay-url', RELAY);
    fill('relay-token', TOKEN);
    submit('relay');
    await settle();
  }

  function input(id: string): HTMLInputElement {
    const found = view.root.querySelector<HTMLInputElement>(`#${id}`);
    if (found === null) throw new Error(`no ${id}`);
    return found;
  }

  function fill(id: string, value: string) {
    input(id).value = value;
  }

  function submit(channel: string) {
    const form = view.root.querySelector(`article[aria-labelledby="${channel}-head"] form`);
    form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  }
});
