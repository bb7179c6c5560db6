import { connect } from "./event-stream.js";

const QUIET_MS = 6000;

/**
 * The server's events, by one stream for all tabs where the browser can. Calls onMessage(name, record), onOpen() at every
 * (re)connection, onFailed() when there is none, and onState("connecting" | "live" | "stale") when that changes. The clock
 * comes every second: a stream without it is stale, also while the connection stands.
 */
export function follow({ onMessage, onOpen, onFailed, onState }) {
  let lastHeard = null;
  let state = "connecting";

  const become = (next) => {
    if (next !== state) onState((state = next));
  };
  const told = {
    opened: onOpen,
    failed: () => {
      become("stale");
      onFailed();
    },
    message: (name, record) => {
      lastHeard = Date.now();
      become("live");
      onMessage(name, JSON.parse(record));
    },
  };

  onState(state);
  if ("SharedWorker" in globalThis) share(told);
  else connect(told);
  setInterval(() => {
    if (lastHeard !== null && Date.now() - lastHeard > QUIET_MS) become("stale");
  }, 1000);
}

function share(told) {
  const worker = new SharedWorker(new URL("./stream-worker.js", import.meta.url), { type: "module" });
  worker.port.onmessage = ({ data: [what, ...rest] }) => told[what](...rest);
  worker.onerror = () => connect(told);
  addEventListener("pagehide", () => worker.port.postMessage("gone"));
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}
