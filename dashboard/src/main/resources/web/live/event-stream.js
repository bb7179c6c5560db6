const RETRY_MS = 3000;
const NAMES = ["summary", "event", "health", "clock"];
const ADDRESS = new URL("../api/v1/live", import.meta.url);

/** The server's events, reconnected for ever: tells opened(), failed(), and message(name, record as text). */
export function connect({ opened, failed, message }) {
  const source = new EventSource(ADDRESS);
  source.onopen = () => opened();
  for (const name of NAMES) source.addEventListener(name, ({ data }) => message(name, data));
  source.onerror = () => {
    failed();
    // A refused connection is not retried by the browser.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => connect({ opened, failed, message }), RETRY_MS);
  };
}
