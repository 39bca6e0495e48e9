/** A Firefox preference's value. */
export type PreferenceValue = string | number | boolean;

/** Discard: nothing listens there. What is sent to it as a proxy is refused at once. */
const CLOSED_PORT = 9;

/**
 * Preferences by which github.com and api.github.com are at this port of loopback and no other host can be reached.
 * Marionette itself switches off telemetry, updates, safe browsing, portal and connectivity checks
 * (remote/shared/RecommendedPreferences.sys.mjs in Firefox's source tree), but only once it runs: what asks before
 * that is here, as in geckodriver's prefs.rs. The proxy that refuses all is for what either list forgot, or a later
 * version brings; by it no name is looked up either.
 */
export function localPreferences(port: number): Readonly<Record<string, PreferenceValue>> {
  return {
    'network.dns.localDomains': 'github.com,api.github.com',
    'network.socket.forcePort': `443=${port}`,
    ...refusingProxy(['github.com', 'api.github.com', 'localhost', '127.0.0.1']),
    // DNS over HTTPS: off, chosen by the user. Otherwise its check looks up names by itself.
    'network.trr.mode': 5,
    'doh-rollout.enabled': false,
    'network.dns.disablePrefetch': true,
    'network.prefetch-next': false,
    'network.http.speculative-parallel-limit': 0,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'app.normandy.enabled': false,
    'app.update.disabledForTesting': true,
    'browser.aboutwelcome.enabled': false,
    'browser.newtabpage.enabled': false,
    'browser.preonboarding.enabled': false,
    'browser.region.update.enabled': false,
    'browser.safebrowsing.provider.google4.updateURL': '',
    'browser.safebrowsing.provider.google5.updateURL': '',
    'browser.safebrowsing.provider.mozilla.updateURL': '',
    'browser.shell.checkDefaultBrowser': false,
    // A blank page.
    'browser.startup.page': 0,
    'datareporting.healthreport.uploadEnabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'dom.push.connection.enabled': false,
    'extensions.getAddons.cache.enabled': false,
    'extensions.systemAddon.update.enabled': false,
    'media.gmp-manager.updateEnabled': false,
    'services.settings.server': 'data:,#remote-settings-dummy/v1',
    'toolkit.telemetry.server': '',
  };
}

/** Everything but these hosts goes to a proxy that does not exist. */
function refusingProxy(except: readonly string[]): Readonly<Record<string, PreferenceValue>> {
  return {
    // Set by hand.
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': CLOSED_PORT,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': CLOSED_PORT,
    'network.proxy.no_proxies_on': except.join(', '),
    // Without these two Firefox's own services go around a proxy that does not answer.
    'network.proxy.failover_direct': false,
    'network.proxy.allow_bypass': false,
  };
}
