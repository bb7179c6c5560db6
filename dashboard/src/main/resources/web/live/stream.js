const QUIET_MS = 6000;
const RETRY_MS = 3000;
const NAMES = ["summary", "event", "health", "clock"];

/**
 * The server's events, reconnected for ever. Calls onMessage(name, record), onOpen() at every (re)connection, and
 * onState("connecting" | "live" | "stale", whenLastHeard) when that changes. The clock comes every second: a stream
 * without it is stale, also while the connection stands.
 */
export function follow({ onMessage, onOpen, onState }) {
  let source;
  let lastHeard = null;
  let state = "connecting";

  const become = (next) => {
    if (next !== state || next === "stale") onState((state = next), lastHeard);
  };
  const heard = () => {
    lastHeard = Date.now();
    become("live");
  };

  const connect = () => {
    source = new EventSource("api/v1/live");
    source.onopen = () => onOpen();
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        heard();
        onMessage(name, JSON.parse(event.data));
      });
    }
    source.onerror = () => {
      become("stale");
      // A refused connection is not retried by the browser.
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MS);
    };
  };

  onState(state, null);
  connect();
  setInterval(() => {
    if (lastHeard !== null && Date.now() - lastHeard > QUIET_MS) become("stale");
  }, 1000);
}
